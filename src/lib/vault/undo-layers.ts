import type { CollectionName } from '$lib/domain/collections.ts';
import type { JournalEntry } from '$lib/domain/journal.ts';
import type { Disk } from './disk.ts';
import type { UndoWork } from './plan-undo.ts';
import { readUndo } from './read-undo.ts';
import type { Changes, Snapshot, UndoOptions, UndoStep } from './types.ts';
import type { UndoLayer } from './undo-cover.ts';
import type { UndoData } from './undo-record.ts';

/** The entries that an undo looks at, found in the journal. */
interface Stack {
	entry: JournalEntry;
	leftovers: JournalEntry[];
	standing: JournalEntry[];
}

/** Undefined when the commit cannot be undone (any more). */
export function stackOf(
	now: Snapshot,
	entryId: string,
	layers: UndoOptions['layers'],
): Stack | undefined {
	const entry = now.get('journal', entryId);
	if (!entry?.canUndo) return undefined;
	if (!layers) return { entry, leftovers: [], standing: [] };
	const leftovers = now.rows('journal').filter(({ hasLeftover }) => hasLeftover);
	const lowest = Math.min(...[entry, ...leftovers].map(({ revision }) => revision));
	const standing = layers(now)
		.filter((id) => id !== entryId)
		.flatMap((id) => now.get('journal', id) ?? [])
		.filter(({ canUndo, revision }) => canUndo && revision > lowest)
		.sort((a, b) => a.revision - b.revision);
	return { entry, leftovers, standing };
}

/** Names what was read, so that a plan made later can tell whether it still holds. */
export const stackKey = ({ entry, leftovers, standing }: Stack): string =>
	[[entry], leftovers, standing].map((list) => list.map(({ id }) => id).join()).join(';');

export interface ReadyToUndo {
	work: UndoWork;
	/** What `stackKey` said when the records were read. */
	key: string;
	/** Collections that the plan looks at. */
	needs: CollectionName[];
}

/** Reads what it takes to undo a commit and those that lie over it; undefined when it cannot be undone. Throws VaultProblem. */
export async function readyToUndo(
	disk: Disk,
	load: (...names: CollectionName[]) => Promise<Snapshot>,
	entryId: string,
	{ needs = [], layers, belongings = [] }: UndoOptions,
): Promise<ReadyToUndo | undefined> {
	let missed = '';
	for (;;) {
		const stack = stackOf(await load('journal', ...needs), entryId, layers);
		if (!stack) return undefined;
		const key = stackKey(stack);
		const { work, isWhole } = await readStack(disk, stack, belongings);
		// A record is gone because another context was faster, or else for good.
		if (!isWhole && missed !== key) {
			missed = key;
			continue;
		}
		if (!work) return undefined;
		const touched = [work.layer, ...work.leftovers].flatMap(
			({ data }) => Object.keys(data.collections) as CollectionName[],
		);
		return { work, key, needs: [...needs, ...belongings, ...touched] };
	}
}

async function readStack(disk: Disk, stack: Stack, belongings: readonly CollectionName[]) {
	const read = async (entry: JournalEntry, stagedOf?: readonly CollectionName[]) => {
		const data = await readUndo(disk, entry.id, stagedOf);
		return data && { entryId: entry.id, revision: entry.revision, data };
	};
	const layer = await read(stack.entry);
	let isWhole = layer !== undefined;
	const readAll = async (entries: readonly JournalEntry[]) => {
		const found: UndoLayer[] = [];
		for (const entry of entries) {
			// Of a later commit's new rows only those matter that came to an earlier one's clients.
			const one = await read(entry, belongings);
			if (one) found.push(one);
			else isWhole = false;
		}
		return found;
	};
	const leftovers = await readAll(stack.leftovers);
	const standing = await readAll(stack.standing);
	return { work: layer && { layer, leftovers, standing }, isWhole };
}

/** The journal's rows after the steps: what is undone, and what of it still waits. */
export function journalAfter(now: Snapshot, steps: readonly UndoStep[]): JournalEntry[] {
	return steps.flatMap((step) => {
		const entry = now.get('journal', step.entryId);
		if (!entry) return [];
		const { hasLeftover, ...rest } = entry;
		const waits = isWaiting(step);
		if (!entry.canUndo && hasLeftover === waits) return [];
		return [{ ...rest, canUndo: false, ...(waits && { hasLeftover: true }) }];
	});
}

/** What stays undone of each step, to be kept in place of the record it was read from. */
export function leftoversOf(steps: readonly UndoStep[]): { entryId: string; data: UndoData }[] {
	return steps
		.filter(isWaiting)
		.map(({ entryId, leftover }) => ({ entryId, data: { collections: leftover, staged: '' } }));
}

const isWaiting = ({ leftover }: UndoStep) => Object.keys(leftover).length > 0;

/** Changes without sheets: an undo has none. */
type RowChanges = Omit<Changes, 'add'>;

/** Both changes in one; where both put a row, the second's counts. */
export function together(first: RowChanges, second: RowChanges): RowChanges {
	const joined = (a: object = {}, b: object = {}) => {
		const all: Record<string, unknown[]> = {};
		for (const lists of [a, b])
			for (const [name, list] of Object.entries(lists) as [string, unknown[]][])
				all[name] = all[name] ? all[name].concat(list) : list;
		return all;
	};
	return {
		put: joined(first.put, second.put),
		remove: joined(first.remove, second.remove),
	} as RowChanges;
}
