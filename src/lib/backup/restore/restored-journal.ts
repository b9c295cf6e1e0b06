import type { Collections, CollectionName } from '$lib/domain/collections.ts';
import type { JournalEntry } from '$lib/domain/journal.ts';
import { markOf } from '$lib/vault/journal-chain.ts';
import type { Snapshot } from '$lib/vault/types.ts';
import type { BackupPorts } from '../format/ports.ts';

type Row = Collections[CollectionName];

/**
 * An entry of a backup's journal: what is here already stays as it is. What it takes to undo a commit is
 * in no backup, so what came with one cannot be undone here.
 */
export function entryAsItComes(row: Row, here: Row | undefined): Row {
	if (here) return here;
	const { hasLeftover: _, ...entry } = row as JournalEntry;
	return { ...entry, canUndo: false };
}

/**
 * The entries as they follow those that are here. Into an empty journal they come with their own chain;
 * behind another history they are chained to that, and this device vouches for them as they came.
 */
export async function chainedOn(
	on: Snapshot,
	entries: readonly JournalEntry[],
	crypto: BackupPorts['crypto'],
): Promise<JournalEntry[]> {
	const stored = on.table('journal');
	if (stored.length === 0 || entries.length === 0) return [...entries];
	const chained: JournalEntry[] = [];
	let last = stored.row(stored.length - 1);
	for (const entry of entries) {
		const before = { last, all: () => [...on.rows('journal'), ...chained] };
		last = { ...entry, mark: await markOf(crypto, before, entry) };
		chained.push(last);
	}
	return chained;
}
