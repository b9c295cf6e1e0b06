import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import type { ImportCounts, RowProblem } from '$lib/domain/import.ts';
import type { Merge } from '$lib/domain/merge.ts';
import type { Decision, Outcome, PlannedRows } from './decision.ts';
import { LaterRows, type LaterRow } from './later-rows.ts';
import { newMarks, type Marks } from './marks.ts';
import { makeMatcher, type Place } from './match-clients.ts';
import type { MatchPolicy } from './match-policy.ts';
import { makeMergedAway } from './merged-away.ts';
import { makeRowPlanner } from './plan-row.ts';
import { PlannedFresh } from './planned-fresh.ts';
import type { ClientRow, ReadRow } from './read-row.ts';
import { keyOf, type RowPerson } from './row-outcomes.ts';

export interface Planner {
	/** Decides what becomes of the next row; undefined when that is put off until all rows have been seen. */
	take(row: ReadRow, line: number): keyof ImportCounts | undefined;
	/** Decides what was put off; to be called when all rows have been taken, once. */
	finish(): void;
	/** Add up to the rows taken once it is finished. */
	readonly counts: Readonly<ImportCounts>;
	/** New rows since the last call; the planner forgets them. */
	drain(): PlannedRows;
	/** Known rows with what the file changes in them; of one client the last counts. */
	readonly changed: Readonly<PlannedRows>;
	/**
	 * Marks that a later row gives to the new client of an earlier one, who may have been drained by
	 * then: where there are any, the file is to be planned anew with them.
	 */
	readonly lateMarks: ReadonlyMap<number, Partial<Marks>>;
}

/** What a file is compared with. */
export interface Existing {
	clients: readonly Client[];
	contacts: readonly Contact[];
	/** By which profiles are known that were merged into one of the clients. */
	merges?: readonly Merge[];
}

export interface PlanContext {
	importId: string;
	newId: () => string;
	/** Takes what there is to say of each row, in order; of rows that were put off last. */
	report: (problem: RowProblem) => void;
	/** What becomes of rows whose client is here already; 'update' when left out. */
	policy?: MatchPolicy;
	/** A person's choice for the row at a line, or for the second of two people whom it names. */
	policyAt?: (line: number, isPartner: boolean) => MatchPolicy | undefined;
	/** Takes each decision, for a review; those that were put off last. */
	decided?: (decision: Decision) => void;
	/** About as many rows as the file has. */
	expectedRows?: number;
	/** What an earlier planning of the file found. */
	lateMarks?: ReadonlyMap<number, Partial<Marks>>;
}

/**
 * Compares rows with the clients there are: each is created, updated, unchanged, skipped (blank, a
 * summary, the same client again, or as the person chose) or rejected, and exactly one of them. A
 * blank cell never blanks a field, and an import never takes back a wish not to be emailed, a bounce,
 * a portal login or a death, whatever the policy.
 */
export function makePlanner(
	existing: Existing,
	{
		report,
		policy = 'update',
		policyAt,
		decided,
		lateMarks,
		expectedRows = 0,
		...ids
	}: PlanContext,
): Planner {
	const counts = { rows: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, rejected: 0 };
	const changed: PlannedRows = { clients: [], contacts: [] };
	// Where a person chooses row by row, a later row may change the new client of an earlier one.
	const fresh = new PlannedFresh(policyAt !== undefined, lateMarks);
	const matcher = makeMatcher(existing.clients, expectedRows);
	const mergedAway = makeMergedAway(existing.clients, existing.merges ?? []);
	const later = new LaterRows();
	/** Second rows of a known client with something against writing to her: whom it is said of shows last. */
	const marking: { who: LaterRow; place: Place & { kind: 'repeat' } }[] = [];
	const laterWords: RowProblem[] = [];
	const laterDecisions: Decision[] = [];
	let isFinishing = false;

	const rows = makeRowPlanner(existing, matcher, {
		...ids,
		policy,
		policyAt,
		expectedRows: existing.clients.length === 0 ? expectedRows : 0,
		changed,
		fresh,
		report: (problem) => (isFinishing ? void laterWords.push(problem) : report(problem)),
		decide:
			decided &&
			((decision) => (isFinishing ? void laterDecisions.push(decision) : decided(decision))),
	});

	/** What became of somebody at her place; undefined when it is to be settled later. */
	function takeAt(place: Place, who: LaterRow): Outcome | undefined {
		switch (place.kind) {
			case 'later':
				return undefined;
			case 'new': {
				const former = mergedAway?.inAnyWay(who.row.client);
				if (former) return rows.takeMergedAway(who, former.person, former.reason);
				return rows.takeNew(who);
			}
			case 'repeat': {
				const { person } = place;
				if (person < 0 || !newMarks(matcher.current(person), who.row.client))
					return rows.takeRepeat(who, place);
				marking.push({ who, place });
				return undefined;
			}
			case 'known':
				return rows.takeKnown(who, place);
		}
	}

	function takeClient(who: RowPerson, count: (outcome: Outcome) => void): Outcome | undefined {
		const former = mergedAway?.byNumber(who.row.client);
		if (former) {
			const outcome = rows.takeMergedAway(who, former.person, former.reason);
			count(outcome);
			return outcome;
		}
		const chosen = rows.policyOf(who);
		const [isKnown, isEveryWay] = [rows.isKnown(who), chosen === 'fill-blanks'];
		let place = matcher.place(who.row, keyOf(who), isKnown, isEveryWay);
		if (place.kind === 'later') {
			if (chosen === 'update' || chosen === 'fill-blanks') {
				later.add(place.rank, { ...who, count });
				return undefined;
			}
			// Nothing that is known changes by a row that is skipped or added: it need not wait.
			place = matcher.settle(who.row, keyOf(who), isKnown, isEveryWay);
		}
		const outcome = takeAt(place, { ...who, count });
		if (outcome) count(outcome);
		return outcome;
	}

	/** A row of two people is counted once: as the first, unless only the second changes anything. */
	function takeCouple(row: ClientRow, partner: Client, line: number): Outcome | undefined {
		const outcomes: [Outcome?, Outcome?] = [];
		let counted: Outcome | undefined;
		const countAs = (at: 0 | 1) => (outcome: Outcome) => {
			outcomes[at] = outcome;
			const [first, second] = outcomes;
			if (!first || !second) return;
			counted = saysMore(second) && !saysMore(first) ? 'updated' : first;
			countOne(counted);
		};
		takeClient({ row, line, isPartner: false }, countAs(0));
		const second = { ...row, client: partner, contacts: [], partner: undefined };
		takeClient({ row: second, line, isPartner: true }, countAs(1));
		return counted;
	}

	const countOne = (outcome: Outcome) => {
		counts[outcome] += 1;
	};

	return {
		take(row, line) {
			counts.rows += 1;
			if (row.outcome !== 'blank') for (const problem of row.problems) report(problem);
			if (row.outcome !== 'client') {
				const outcome = row.outcome === 'rejected' ? 'rejected' : 'skipped';
				counts[outcome] += 1;
				return outcome;
			}
			if (row.partner) return takeCouple(row, row.partner, line);
			return takeClient({ row, line, isPartner: false }, countOne);
		},
		finish() {
			isFinishing = true;
			later.settle((who, rank) => {
				const isEveryWay = rows.policyOf(who) === 'fill-blanks';
				const place = matcher.settle(who.row, keyOf(who), rows.isKnown(who), isEveryWay, rank);
				if (place.kind === 'later') return place.rank;
				const outcome = takeAt(place, who);
				if (outcome) who.count(outcome);
				return undefined;
			});
			for (const { who, place } of marking) who.count(rows.takeRepeat(who, place));
			fresh.release();
			const byLine = (a: { line: number }, b: { line: number }) => a.line - b.line;
			for (const problem of laterWords.sort(byLine)) report(problem);
			for (const decision of laterDecisions.sort(byLine)) decided?.(decision);
		},
		counts,
		changed,
		lateMarks: fresh.lateMarks,
		drain: () => fresh.drain(),
	};
}

const saysMore = (outcome: Outcome) => outcome === 'created' || outcome === 'updated';
