import { fullName, type Client } from '$lib/domain/client.ts';
import type { ImportCounts } from '$lib/domain/import.ts';
import type { Vault } from '$lib/vault/types.ts';
import type { Decision } from './decision.ts';
import { changesOf, type FieldChange } from './field-changes.ts';
import { problemFrom, type ImportProblem } from './import-problem.ts';
import type { FileMapping } from './mapping.ts';
import {
	likelyWords,
	matchWords,
	personKey,
	type LikelyReason,
	type MatchPolicy,
	type MatchReason,
} from './match-policy.ts';
import { mergeClient } from './merge-client.ts';

import { inSomeEncoding, planFile, type ImportChoices, type ImportProgress } from './plan-file.ts';
import type { ProblemGroup } from './problem-groups.ts';
import type { RejectedRow } from './problem-log.ts';

/** By what a person is told from another. */
export interface PersonWords {
	name: string;
	emailAddress: string;
	dateOfBirth: string;
}

/** A row as the import would take it. */
export interface ReviewedRow extends PersonWords {
	line: number;
	/** The second of two people whom the row names: a decision of her own. */
	isPartner: boolean;
	policy: MatchPolicy;
	/** The client with whom it was compared, as she is here. */
	here?: PersonWords;
	/** The line of this file with which it was compared instead. */
	earlierLine?: number;
	/** Why it was compared with a client who is here; '' when with none. */
	reason: string;
	/** The match is a guess, which a person decides. */
	isLikely: boolean;
	/** What would change, old beside new. */
	changes: FieldChange[];
}

/** What an import would do, without doing it. The counts are exact; of each kind the first rows are listed. */
export interface Review {
	kind: 'reviewed';
	counts: ImportCounts;
	created: ReviewedRow[];
	/** Rows of clients who are here already, where the file says something new or a person chose. */
	matched: ReviewedRow[];
	matchedCount: number;
	/** Rows of clients who may be here already, or in an earlier line of the file. */
	likely: ReviewedRow[];
	likelyCount: number;
	unchanged: ReviewedRow[];
	problemGroups: ProblemGroup[];
	problemCount: number;
	rejectedRows: RejectedRow[];
}

export type ReviewResult =
	Review | { kind: 'cancelled' } | { kind: 'refused'; problem: ImportProblem };

export interface ReviewOptions {
	choices?: ImportChoices;
	signal?: AbortSignal;
	onProgress?: (progress: ImportProgress) => void;
	now?: number;
}

/** How many rows of each kind are listed. */
export const mostReviewed = 200;

/** Runs an import's reading and comparing to the end, and writes nothing. */
export async function reviewFile(
	vault: Vault,
	file: File,
	mapping: FileMapping,
	options: ReviewOptions = {},
): Promise<ReviewResult> {
	try {
		return await inSomeEncoding(mapping, (current, isMixed) =>
			attemptReview(vault, file, current, isMixed, options),
		);
	} catch (error) {
		if (options.signal?.aborted) return { kind: 'cancelled' };
		return { kind: 'refused', problem: problemFrom(error) };
	}
}

async function attemptReview(
	vault: Vault,
	file: File,
	mapping: FileMapping,
	isMixed: boolean,
	options: ReviewOptions,
): Promise<Review> {
	const state = await vault.load('clients', 'contacts', 'merges');
	const existing = {
		clients: state.rows('clients'),
		contacts: state.rows('contacts'),
		merges: state.rows('merges'),
	};
	const lists = makeLists(new Set(options.choices?.rowPolicies.map(personKey)));
	let ids = 0;
	const newId = () => String((ids += 1));
	const context = { importId: '', newId, now: options.now ?? Date.now(), isMixed };
	const { planner, log } = await planFile(file, mapping, existing, context, {
		...options,
		decided: lists.take,
	});
	return {
		kind: 'reviewed',
		counts: { ...planner.counts },
		...lists.inOrder(),
		problemGroups: log.groups(),
		problemCount: log.total(),
		rejectedRows: log.rejectedRows,
	};
}

function makeLists(chosen: ReadonlySet<number>) {
	const lists = {
		created: [] as ReviewedRow[],
		matched: [] as ReviewedRow[],
		matchedCount: 0,
		likely: [] as ReviewedRow[],
		likelyCount: 0,
		unchanged: [] as ReviewedRow[],
	};

	function keep(list: ReviewedRow[], decision: Decision): void {
		if (list.length < mostReviewed || chosen.has(personKey(decision))) list.push(rowOf(decision));
	}

	return {
		/** As the file has them: a row must not move when something is chosen for it. */
		inOrder() {
			for (const list of [lists.created, lists.matched, lists.likely, lists.unchanged])
				list.sort((a, b) => a.line - b.line || Number(a.isPartner) - Number(b.isPartner));
			return lists;
		},
		take(decision: Decision): void {
			const { outcome, known, isLikely, earlierLine } = decision;
			if (outcome === 'created') keep(lists.created, decision);
			if (outcome === 'unchanged') keep(lists.unchanged, decision);
			if (isLikely) {
				lists.likelyCount += 1;
				keep(lists.likely, decision);
			}
			if (!known || isLikely || (earlierLine !== undefined && outcome !== 'updated')) return;
			if (outcome === 'updated' || chosen.has(personKey(decision)) || saysNew(decision)) {
				lists.matchedCount += 1;
				keep(lists.matched, decision);
			}
		},
	};
}

/** Whether the row could change something under another policy. */
function saysNew({ known, row, policy }: Decision): boolean {
	if (!known || policy === 'update') return false;
	return row.contacts.length > 0 || mergeClient(known, row) !== known;
}

function rowOf(decision: Decision): ReviewedRow {
	const { row, line, isPartner, policy, reason, isLikely, known, merged, contacts, earlierLine } =
		decision;
	const { client } = row;
	return {
		line,
		isPartner,
		...wordsOf(client),
		name: fullName(client) || (known ? fullName(known) : ''),
		...(known && { here: wordsOf(known) }),
		...(earlierLine !== undefined && { earlierLine }),
		policy,
		reason: reasonIn(reason, isLikely),
		isLikely,
		changes: known && merged ? changesOf(known, merged, contacts) : [],
	};
}

const wordsOf = (client: Client): PersonWords => ({
	name: fullName(client),
	emailAddress: client.emailAddress,
	dateOfBirth: client.dateOfBirth,
});

function reasonIn(reason: Decision['reason'], isLikely: boolean): string {
	if (reason === undefined) return '';
	return isLikely ? likelyWords[reason as LikelyReason] : matchWords[reason as MatchReason];
}
