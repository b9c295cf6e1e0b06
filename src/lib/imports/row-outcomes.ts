import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import type { RowProblem } from '$lib/domain/import.ts';
import type { Decision, Outcome, PlannedRows } from './decision.ts';
import type { ClientMatcher, IsKnown } from './match-clients.ts';
import type { MatchPolicy } from './match-policy.ts';
import { mergeWays } from './merge-client.ts';
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

const noContacts: readonly ContactChange[] = [];
/** With whom a row was compared. */
export type Found = Pick<Decision, 'known' | 'reason' | 'isLikely' | 'earlierLine'>;
export const nobody: Found = { isLikely: false };

/** By which the people of a file are told apart: the line, below zero for the second of two in it. */
export const keyOf = ({ line, isPartner }: Pick<RowPerson, 'line' | 'isPartner'>) =>
	isPartner ? -line : line;

/** What can become of a row once it is known whom it speaks of: each writes it and settles it. */
export interface RowOutcomes {
	/** The person's own choice for this row; undefined where there is none. */
	chosenFor(who: RowPerson): MatchPolicy | undefined;
	policyOf(who: RowPerson): MatchPolicy;
	/** The policy of an earlier row, by its key. */
	policyAtKey(key: number): MatchPolicy;
	say(who: RowPerson, reason: string): void;
	settle(
		who: RowPerson,
		outcome: Outcome,
		policy: MatchPolicy,
		found: Found,
		merged?: Client,
	): Outcome;
	create(who: RowPerson, policy: MatchPolicy, found: Found): Outcome;
	skip(who: RowPerson, found: Found): Outcome;
	/** Merges a row into a client who was here before. */
	merge(who: RowPerson, policy: 'update' | 'fill-blanks', known: number, found: Found): Outcome;
	/** Merges a row into the new client of an earlier row, where a person chose that. */
	mergeFresh(
		who: RowPerson,
		policy: 'update' | 'fill-blanks',
		known: Client,
		earlier: number,
		found: Found,
	): Outcome;
	/** Says what a client who was here before has become. */
	change(known: number, client: Client): void;
	/** Whether a row says nothing of a client, or of her contacts, that is not known. */
	knownBy(ways: (typeof mergeWays)[keyof typeof mergeWays]): IsKnown;
}

export function makeRowOutcomes(
	existingContacts: readonly Contact[],
	matcher: ClientMatcher,
	{ importId, newId, policy, policyAt, report, decide, changed, fresh }: RowPlanContext,
): RowOutcomes {
	const contacts = makePlannedContacts(existingContacts, { importId, newId });
	const chosenFor = ({ line, isPartner }: RowPerson) => policyAt?.(line, isPartner);
	const changesOf = (isNew: readonly Contact[]): ContactChange[] =>
		isNew.map((after) => ({ before: undefined, after }));

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

	return {
		chosenFor,
		policyOf: (who) => chosenFor(who) ?? policy,
		// Most are that of all.
		policyAtKey: (key) => policyAt?.(Math.abs(key), key < 0) ?? policy,
		say: ({ line }, reason) => report({ line, column: '', value: '', reason, severity: 'warning' }),
		settle,
		create,
		skip,
		merge,
		mergeFresh,
		change,
		knownBy:
			({ changes, contact }) =>
			(known, row) =>
				!changes(known, row) &&
				(row.contacts.length === 0 || contacts.areKnown(row.contacts, known.id, contact)),
	};
}
