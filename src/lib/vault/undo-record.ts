import type { CollectionName } from '$lib/domain/collections.ts';
import type { Changes, Snapshot } from './types.ts';

export type PlainRow = { id: string } & Record<string, unknown>;
type Fields = Record<string, unknown>;

/** What one commit did to one collection, kept sealed until it is undone. */
export interface CollectionUndo {
	created: PlainRow[];
	/** Only the fields that differ; a field that a row lacked is listed in `added`. */
	changed: { id: string; before: Fields; after: Fields; added: string[] }[];
	removed: PlainRow[];
}

export const emptyUndo = (): CollectionUndo => ({ created: [], changed: [], removed: [] });

export interface UndoData {
	collections: { [N in CollectionName]?: CollectionUndo };
	/** The version under which rows were staged: their blocks are pinned on disk instead of copied here. */
	staged: string;
}

export function undoDataFor(before: Snapshot, changes: Changes, staged: string): UndoData {
	const collections: UndoData['collections'] = {};
	for (const name of namesIn(changes)) {
		// What the journal says has happened; undoing the undo does not make it undoable again.
		if (name === 'journal') continue;
		const undo = emptyUndo();
		const puts = (changes.put?.[name] ?? []) as readonly unknown[] as readonly PlainRow[];
		for (const row of new Map(puts.map((row) => [row.id, row])).values()) {
			const old = before.get(name, row.id) as unknown as PlainRow | undefined;
			if (old) undo.changed.push({ id: row.id, ...difference(old, row) });
			else undo.created.push(row);
		}
		const added = (changes.add?.[name]?.rows ?? []) as readonly unknown[] as readonly PlainRow[];
		for (const row of added) undo.created.push(row);
		for (const id of changes.remove?.[name] ?? []) {
			const old = before.get(name, id) as unknown as PlainRow | undefined;
			if (old) undo.removed.push(old);
		}
		collections[name] = undo;
	}
	return { collections, staged };
}

export function namesIn(changes: Changes): CollectionName[] {
	const { put = {}, add = {}, remove = {} } = changes;
	return [...new Set([put, add, remove].flatMap(Object.keys))] as CollectionName[];
}

function difference(old: PlainRow, row: PlainRow) {
	const before: Fields = {};
	const after: Fields = {};
	const added: string[] = [];
	for (const field of new Set([...Object.keys(old), ...Object.keys(row)])) {
		if (isSame(old[field], row[field])) continue;
		if (field in old) before[field] = old[field];
		else added.push(field);
		after[field] = row[field];
	}
	return { before, after, added };
}

export function isSame(a: unknown, b: unknown): boolean {
	if (a === b) return true;
	if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
	const names = Object.keys(a);
	return (
		names.length === Object.keys(b).length &&
		names.every((name) => isSame((a as Fields)[name], (b as Fields)[name]))
	);
}
