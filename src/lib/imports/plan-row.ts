import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import type { RowProblem } from '$lib/domain/import.ts';
import { repeatWords, type Decision, type Outcome, type PlannedRows } from './decision.ts';
import { LikelyPeople } from './likely-same.ts';
import { marksOfAny, newMarks } from './marks.ts';
import type { ClientMatcher, IsKnown, Place } from './match-clients.ts';
import { likelyWords, type MatchPolicy } from './match-policy.ts';
import { inheritAddressMarks, inheritMarks, mergeWays } from './merge-client.ts';
import { makePlannedContacts, type ContactChange } from './plan-contacts.ts';
import type { PlannedFresh } from './planned-fresh.ts';
import type { ClientRow } from './read-row.ts';

/** One person of a row. */
export interface RowPerson {
	row: ClientRow;
	line: number;
	/** The second of two people whom the row names. */
	isPartner: boolean;
}

export interface RowPlanContext {
	importId: string;
	newId: () => string;
	policy: MatchPolicy;
	/** A person's choice for one row. */
	policyAt: ((line: number, isPartner: boolean) => MatchPolicy | undefined) | undefined;
	/** About as many rows as the file has. */
	expectedRows: number;
	report: (problem: RowProblem) => void;
	/** Takes each decision, where anybody wants to know. */
	decide: ((decision: Decision) => void) | undefined;
	/** Known rows with what the file changes in them. */
	changed: PlannedRows;
	fresh: PlannedFresh;
}

/** Decides what becomes of people whose place is known. */
export interface RowPlanner {
	policyOf(person: RowPerson): MatchPolicy;
	/** Tells whether a row says nothing new of a client, by the row's policy. */
	isKnown(person: RowPerson): IsKnown;
	takeNew(person: RowPerson): Outcome;
	takeKnown(person: RowPerson, place: Place & { kind: 'known' }): Outcome;
	takeRepeat(
		person: RowPerson,
		place: Pick<Place & { kind: 'repeat' }, 'earlier' | 'person'>,
	): Outcome;
}

const noContacts: readonly ContactChange[] = [];
type Found = Pick<Decision, 'known' | 'reason' | 'isLikely' | 'earlierLine'>;
const nobody: Found = { isLikely: false };

/** By which the people of a file are told apart: the line, below zero for the second of two in it. */
export const keyOf = ({ line, isPartner }: Pick<RowPerson, 'line' | 'isPartner'>) =>
	isPartner ? -line : line;

export function makeRowPlanner(
	existing: { clients: readonly Client[]; contacts: readonly Contact[] },
	matcher: ClientMatcher,
	{
		importId,
		newId,
		policy,
		policyAt,
		expectedRows,
		report,
		decide,
		changed,
		fresh,
	}: RowPlanContext,
): RowPlanner {
	const { signs } = matcher;
	let likelyHere: LikelyPeople | undefined;
	/** Only where a person looks or has chosen: it would cost every import a fifth of its time. */
	const likelyInFile = decide || policyAt ? new LikelyPeople(expectedRows, false) : undefined;
	const keysInFile: number[] = [];
	const contacts = makePlannedContacts(existing.contacts, { importId, newId });
	/** The policies of the earlier rows of repeated people: most are that of all. */
	const policyAtKey = (key: number) => policyAt?.(Math.abs(key), key < 0) ?? policy;

	const chosenFor = ({ line, isPartner }: RowPerson) => policyAt?.(line, isPartner);
	const policyOf = (person: RowPerson) => chosenFor(person) ?? policy;
	const say = ({ line }: RowPerson, reason: string) =>
		report({ line, column: '', value: '', reason, severity: 'warning' });
	const changesOf = (isNew: readonly Contact[]): ContactChange[] =>
		isNew.map((after) => ({ before: undefined, after }));

	/** Whether a row says nothing of a client, or of her contacts, that is not known. */
	const knownBy =
		({ changes, contact }: (typeof mergeWays)[keyof typeof mergeWays]): IsKnown =>
		(known, row) =>
			!changes(known, row) &&
			(row.contacts.length === 0 || contacts.areKnown(row.contacts, known.id, contact));
	const isUpdated = knownBy(mergeWays.update);
	const isFilled = knownBy(mergeWays['fill-blanks']);

	function change(known: number, client: Client): void {
		matcher.renew(known, client);
		changed.clients.push(client);
	}

	/** Most imports want no decisions: none is made up for them. */
	function settle(
		{ row, line, isPartner }: RowPerson,
		outcome: Outcome,
		policy: MatchPolicy,
		found: Found,
		merged?: Client,
		contacts = noContacts,
	): Outcome {
		decide?.({
			row,
			line,
			isPartner,
			outcome,
			policy,
			...found,
			...(merged && { merged }),
			contacts,
		});
		return outcome;
	}

	function create(who: RowPerson, policy: MatchPolicy, found: Found): Outcome {
		const { client, contacts: drafts } = who.row;
		client.id = newId();
		fresh.add(client, keyOf(who));
		for (const draft of drafts) fresh.addContact(contacts.fresh(draft, client.id));
		return settle(who, 'created', policy, found);
	}

	function skip(who: RowPerson, found: Found): Outcome {
		return settle(who, 'skipped', 'skip', found);
	}

	function merge(
		who: RowPerson,
		policy: 'update' | 'fill-blanks',
		known: number,
		found: Found,
	): Outcome {
		const { row } = who;
		const ways = mergeWays[policy];
		const before = matcher.current(known);
		const merged = ways.client(before, row);
		if (merged !== before) change(known, merged);
		const drafts =
			found.earlierLine === undefined ? row.contacts : fresh.newContacts(before.id, row.contacts);
		const changes =
			drafts.length === 0 ? noContacts : contacts.merge(drafts, before.id, ways.contact);
		for (const { before, after } of changes)
			if (before) changed.contacts.push(after);
			else fresh.addContact(after);
		const outcome = merged !== before || changes.length > 0 ? 'updated' : 'unchanged';
		return settle(who, outcome, policy, { ...found, known: before }, merged, changes);
	}

	/** Merges a row into the new client of an earlier row, where a person chose that. */
	function mergeFresh(
		who: RowPerson,
		policy: 'update' | 'fill-blanks',
		known: Client,
		earlier: number,
		found: Found,
	): Outcome {
		const merged = mergeWays[policy].client(known, who.row);
		const drafts = fresh.newContacts(known.id, who.row.contacts);
		const added = drafts.map((draft) => contacts.fresh(draft, known.id));
		fresh.replace(merged, added, earlier);
		const outcome = merged !== known || added.length > 0 ? 'updated' : 'unchanged';
		return settle(who, outcome, policy, { ...found, known }, merged, changesOf(added));
	}

	function takeRepeat(
		who: RowPerson,
		{ earlier, person }: { earlier: number; person: number },
		found: Found = nobody,
	): Outcome {
		const chosen = chosenFor(who) ?? 'skip';
		const known = person >= 0 ? matcher.current(person) : fresh.at(earlier);
		const why: Found = { ...found, known, earlierLine: Math.abs(earlier) };
		if (chosen === 'create') {
			if (known) inheritMarks(who.row.client, known);
			return create(who, chosen, why);
		}
		if (chosen === 'skip' || !known) return repeat(who, earlier, person, why);
		return person >= 0
			? merge(who, chosen, person, why)
			: mergeFresh(who, chosen, known, earlier, why);
	}

	/** Only what stands against writing to somebody is taken from a second row of hers. */
	function repeat(who: RowPerson, earlier: number, person: number, why: Found): Outcome {
		const { client } = who.row;
		/** What the row says may be noted of another whom it may be: it is not said of both. */
		const namesakes = () => matcher.everybody(who.row).map((one) => matcher.current(one));
		const earlierPolicy = policyAtKey(earlier);
		const isFresh = person < 0 || earlierPolicy === 'create';
		const isLeft = chosenFor(who) === 'skip' || (!isFresh && earlierPolicy === 'skip');
		const before = isFresh ? undefined : matcher.current(person);
		const marks = isLeft
			? undefined
			: before
				? newMarks(before, client) && newMarks(marksOfAny([before, ...namesakes()]), client)
				: fresh.mark(earlier, client);
		const words = marks ? ' What it says against writing to this client was taken over.' : '';
		say(who, repeatWords(Math.abs(earlier)) + words);
		if (!marks || !before) return skip(who, why);
		const merged = { ...before, ...marks };
		change(person, merged);
		return settle(who, 'updated', 'update', { ...why, known: before }, merged);
	}

	function likelyAmong(clients: readonly Client[]): LikelyPeople {
		const people = new LikelyPeople(clients.length, true);
		clients.forEach((client, person) => {
			signs.read(client);
			people.put(person, client, signs);
		});
		return people;
	}

	/** Whom a new client may be, here or in the row `earlier`; remembers her for later rows of a review. */
	function likelySame(who: RowPerson) {
		const { client } = who.row;
		if (!likelyHere) {
			likelyHere = likelyAmong(existing.clients);
			signs.read(client);
		}
		const here = likelyHere.find(client, signs);
		const inFile = likelyInFile?.findAndPut(keysInFile.length, client, signs);
		if (likelyInFile) keysInFile.push(keyOf(who));
		if (here) return { ...here, earlier: 0 };
		return inFile && { ...inFile, earlier: keysInFile[inFile.person] as number };
	}

	return {
		policyOf,
		takeRepeat,

		/** Nobody is certainly this client: without a person's choice she is new, and it is said. */
		takeNew(who) {
			const likely = likelySame(who);
			if (!likely) return create(who, 'create', nobody);
			const { person, reason, earlier } = likely;
			const { client } = who.row;
			const known = earlier === 0 ? matcher.current(person) : fresh.at(earlier);
			const found: Found = { known, reason, isLikely: true };
			if (earlier !== 0) found.earlierLine = Math.abs(earlier);
			if (known && reason === 'address') inheritAddressMarks(client, known);
			const chosen = chosenFor(who);
			if (chosen === undefined) {
				const whom =
					earlier === 0
						? 'a client who is here already'
						: `the same client as in line ${Math.abs(earlier)}`;
				say(who, `This may be ${whom}. ${likelyWords[reason]}.`);
				return create(who, 'create', found);
			}
			// Chosen as somebody else, of whom nothing is taken over.
			if (chosen === 'create') return create(who, chosen, found);
			if (chosen === 'skip') return skip(who, found);
			if (earlier !== 0) return takeRepeat(who, { earlier, person: -1 }, found);
			const claimedBy = matcher.claim(person, keyOf(who));
			return claimedBy === 0
				? merge(who, chosen, person, found)
				: repeat(who, claimedBy, person, { ...found, earlierLine: Math.abs(claimedBy) });
		},

		isKnown(who) {
			return policyOf(who) === 'fill-blanks' ? isFilled : isUpdated;
		},

		takeKnown(who, { person, reason, isExact }) {
			const known = matcher.current(person);
			const found: Found = { known, reason, isLikely: false };
			const chosen = policyOf(who);
			if (chosen === 'skip') return skip(who, found);
			if (isExact && chosen !== 'create') return settle(who, 'unchanged', chosen, found, known);
			if (chosen !== 'create') return merge(who, chosen, person, found);
			inheritMarks(who.row.client, known);
			return create(who, chosen, found);
		},
	};
}
