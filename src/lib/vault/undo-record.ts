import type { CollectionName } from '$lib/domain/collections.ts';
import type { Changes, Snapshot } from './types.ts';

type PlainRow = { id: string } & Record<string, unknown>;
type Fields = Record<string, unknown>;

/** What one commit did to one collection, kept sealed until it is undone. */
export interface CollectionUndo {
	created: PlainRow[];
	/** Only the fields that differ; a field that a row lacked is listed in `added`. */
	changed: { id: string; before: Fields; after: Fields; added: string[] }[];
	removed: PlainRow[];
}

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
		const undo: CollectionUndo = { created: [], changed: [], removed: [] };
		const puts = (changes.put?.[name] ?? []) as readonly unknown[] as readonly PlainRow[];
		for (const row of new Map(puts.map((row) => [row.id, row])).values()) {
			const old = before.get(name, row.id) as unknown as PlainRow | undefined;
			if (old) undo.changed.push({ id: row.id, ...difference(old, row) });
			else undo.created.push(row);
		}
		for (const id of changes.remove?.[name] ?? []) {
			const old = before.get(name, id) as unknown as PlainRow | undefined;
			if (old) undo.removed.push(old);
		}
		collections[name] = undo;
	}
	return { collections, staged };
}

export function namesIn(changes: Changes): CollectionName[] {
	const names = new Set([...Object.keys(changes.put ?? {}), ...Object.keys(changes.remove ?? {})]);
	return [...names] as CollectionName[];
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

export interface UndoPlan {
	changes: Changes;
	undone: number;
	kept: number;
}

/**
 * The changes that undo `data` now, three-way: a created row goes only if it is still what was
 * created, a field goes back only if it still holds what was written, a removed row returns only
 * if nobody made it anew.
 */
export function planUndo(
	now: Snapshot,
	data: UndoData,
	keeps: (now: Snapshot, name: CollectionName, id: string) => boolean,
): UndoPlan {
	const put: Record<string, PlainRow[]> = {};
	const remove: Record<string, string[]> = {};
	let undone = 0;
	let kept = 0;
	for (const [key, undo] of Object.entries(data.collections)) {
		const name = key as CollectionName;
		const puts: PlainRow[] = (put[name] = []);
		const removes: string[] = (remove[name] = []);
		const current = (id: string) => now.get(name, id) as unknown as PlainRow | undefined;
		for (const row of undo.created) {
			const there = current(row.id);
			if (!there) continue;
			if (isSame(there, row) && !keeps(now, name, row.id)) removes.push(row.id);
			else kept++;
		}
		for (const change of undo.changed) {
			const there = current(change.id);
			if (!there || keeps(now, name, change.id)) {
				kept++;
				continue;
			}
			const back = fieldsBack(there, change);
			if (back) puts.push(back);
			else kept++;
		}
		for (const row of undo.removed) if (!current(row.id)) puts.push(row);
		undone += puts.length + removes.length;
	}
	return { changes: { put, remove } as Changes, undone, kept };
}

function fieldsBack(there: PlainRow, change: CollectionUndo['changed'][number]) {
	// A field that the commit left out is in `before` alone.
	const written = [...Object.keys(change.before), ...change.added];
	const stillOurs = written.filter((field) => isSame(there[field], change.after[field]));
	if (stillOurs.length === 0) return undefined;
	const fields = new Map(Object.entries(there));
	for (const field of stillOurs) {
		if (change.added.includes(field)) fields.delete(field);
		else fields.set(field, change.before[field]);
	}
	return Object.fromEntries(fields) as PlainRow;
}
