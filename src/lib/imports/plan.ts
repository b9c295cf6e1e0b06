import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import type { ImportCounts, RowProblem } from '$lib/domain/import.ts';
import { makeFindLikely } from './likely-same.ts';
import { makeMatcher } from './match-clients.ts';
import {
	likelyWords,
	type LikelyReason,
	type MatchPolicy,
	type MatchReason,
} from './match-policy.ts';
import { inheritAddressMarks, inheritMarks, mergeWays } from './merge-client.ts';
import { makePlannedContacts, type ContactChange } from './plan-contacts.ts';
import type { ClientRow, ReadRow } from './read-row.ts';

/** Rows to write. */
export interface PlannedRows {
	clients: Client[];
	contacts: Contact[];
}

export interface Planner {
	/** Decides what becomes of the next row. */
	take(row: ReadRow, line: number): void;
	readonly counts: Readonly<ImportCounts>;
	/** New rows since the last call; the planner forgets them. */
	drain(): PlannedRows;
	/** Known rows with what the file changes in them. */
	readonly changed: Readonly<PlannedRows>;
}

/** What became of a row that holds a client. */
export interface Decision {
	row: ClientRow;
	line: number;
	outcome: 'created' | 'updated' | 'unchanged' | 'skipped';
	policy: MatchPolicy;
	/** Whom it was compared with, and why. */
	known?: Client;
	reason?: MatchReason | LikelyReason;
	isLikely: boolean;
	/** `known` itself where nothing changes. */
	merged?: Client;
	contacts: readonly ContactChange[];
	/** The line of this file that is the same client already. */
	earlierLine?: number;
}

export interface PlanContext {
	importId: string;
	newId: () => string;
	/** Takes what there is to say of each row, in order. */
	report: (problem: RowProblem) => void;
	/** What becomes of rows whose client is here already; 'update' when left out. */
	policy?: MatchPolicy;
	/** A person's choice for the row at a line. */
	policyAt?: (line: number) => MatchPolicy | undefined;
	/** Takes each decision, for a review. */
	decided?: (decision: Decision) => void;
}

const noContacts: readonly ContactChange[] = [];

/**
 * Compares rows with the clients there are: each is created, updated, unchanged, skipped (blank, a
 * summary, the same client again, or as the person chose) or rejected, and exactly one of them. A
 * blank cell never blanks a field, and an import never takes back a wish not to be emailed, a bounce,
 * a portal login or a death, whatever the policy.
 */
export function makePlanner(
	existing: { clients: readonly Client[]; contacts: readonly Contact[] },
	{ importId, newId, report, policy = 'update', policyAt, decided }: PlanContext,
): Planner {
	const matcher = makeMatcher(existing.clients);
	const findLikely = makeFindLikely(existing.clients);
	const counts = { rows: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, rejected: 0 };
	const changed: PlannedRows = { clients: [], contacts: [] };
	let fresh: PlannedRows = { clients: [], contacts: [] };
	const contacts = makePlannedContacts(existing.contacts, { importId, newId });

	type Found = Pick<Decision, 'known' | 'reason' | 'isLikely'>;
	const nobody: Found = { isLikely: false };

	function create(
		row: ClientRow,
		line: number,
		chosen: MatchPolicy,
		found: Found,
	): Decision['outcome'] {
		row.client.id = newId();
		fresh.clients.push(row.client);
		for (const draft of row.contacts) fresh.contacts.push(contacts.fresh(draft, row.client.id));
		decided?.({
			row,
			line,
			outcome: 'created',
			policy: chosen,
			...found,
			contacts: noContacts,
		});
		return 'created';
	}

	function merge(
		row: ClientRow,
		line: number,
		chosen: 'update' | 'fill-blanks',
		known: Client,
		found: Found,
	): Decision['outcome'] {
		const ways = mergeWays[chosen];
		const merged = ways.client(known, row);
		if (merged !== known) changed.clients.push(merged);
		const changes =
			row.contacts.length === 0 ? noContacts : contacts.merge(row.contacts, known.id, ways.contact);
		for (const { before, after } of changes) (before ? changed : fresh).contacts.push(after);
		const outcome = merged !== known || changes.length > 0 ? 'updated' : 'unchanged';
		decided?.({ row, line, outcome, policy: chosen, ...found, merged, contacts: changes });
		return outcome;
	}

	function skip(
		row: ClientRow,
		line: number,
		found: Found,
		earlierLine?: number,
	): Decision['outcome'] {
		if (earlierLine !== undefined)
			report({
				line,
				column: '',
				value: '',
				reason: `This is the same client as in line ${earlierLine}.`,
				severity: 'warning',
			});
		decided?.({
			row,
			line,
			outcome: 'skipped',
			policy: 'skip',
			...found,
			contacts: noContacts,
			earlierLine,
		});
		return 'skipped';
	}

	function takeKnown(
		row: ClientRow,
		line: number,
		chosen: MatchPolicy,
		known: Client,
		found: Found,
	): Decision['outcome'] {
		if (chosen === 'skip') return skip(row, line, found);
		if (chosen !== 'create') return merge(row, line, chosen, known, found);
		inheritMarks(row.client, known);
		return create(row, line, chosen, found);
	}

	/** Nobody is certainly this client: without a person's choice she is new, and it is said. */
	function takeNew(row: ClientRow, line: number): Decision['outcome'] {
		const likely = findLikely(row.client);
		if (!likely) return create(row, line, 'create', nobody);
		const known = existing.clients[likely.known] as Client;
		const found: Found = { known, reason: likely.reason, isLikely: true };
		const chosen = policyAt?.(line);
		if (likely.reason === 'address') inheritAddressMarks(row.client, known);
		if (chosen === undefined) {
			const reason = `This may be a client who is here already. ${likelyWords[likely.reason]}.`;
			report({ line, column: '', value: '', reason, severity: 'warning' });
			return create(row, line, 'create', found);
		}
		if (chosen === 'update' || chosen === 'fill-blanks') {
			const earlierLine = matcher.claim(likely.known, line);
			if (earlierLine > 0) return skip(row, line, found, earlierLine);
		}
		// Chosen as somebody else, of whom nothing is taken over.
		if (chosen === 'create') return create(row, line, chosen, found);
		return takeKnown(row, line, chosen, known, found);
	}

	function takeClient(row: ClientRow, line: number): Decision['outcome'] {
		const place = matcher.place(row.client, line);
		if (place === 'new') return takeNew(row, line);
		if ('earlierLine' in place) return skip(row, line, nobody, place.earlierLine);
		const known = existing.clients[place.known] as Client;
		const found: Found = { known, reason: place.reason, isLikely: false };
		return takeKnown(row, line, policyAt?.(line) ?? policy, known, found);
	}

	/** A row of two people is counted once: as the first, unless only the second changes anything. */
	function takeRow(row: ClientRow, line: number): Decision['outcome'] {
		const first = takeClient(row, line);
		if (!row.partner) return first;
		const partner = { ...row, client: row.partner, contacts: [], partner: undefined };
		const second = takeClient(partner, line);
		const isFirstNew = first === 'created' || first === 'updated';
		const isSecondNew = second === 'created' || second === 'updated';
		return isSecondNew && !isFirstNew ? 'updated' : first;
	}

	return {
		take(row, line) {
			counts.rows += 1;
			if (row.outcome === 'blank') {
				counts.skipped += 1;
				return;
			}
			for (const problem of row.problems) report(problem);
			if (row.outcome === 'client') counts[takeRow(row, line)] += 1;
			else counts[row.outcome === 'summary' ? 'skipped' : 'rejected'] += 1;
		},
		counts,
		changed,
		drain() {
			const drained = fresh;
			fresh = { clients: [], contacts: [] };
			return drained;
		},
	};
}
