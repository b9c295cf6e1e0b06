import type { CollectionName } from '$lib/domain/collections.ts';
import type { Changes } from '$lib/vault/types.ts';

export type ModelRow = { id: string } & Record<string, unknown>;

export type ModelChanges = {
	put?: { [N in CollectionName]?: ModelRow[] };
	remove?: { [N in CollectionName]?: string[] };
};

interface Done {
	name: CollectionName;
	old: ModelRow | undefined;
	now: ModelRow | undefined;
}

/** What the vault promises, as plain as can be: a Map a collection, and what each commit did to each row. */
export class VaultModel {
	readonly collections = new Map<CollectionName, Map<string, ModelRow>>();
	readonly #done = new Map<string, Done[]>();

	rows(name: CollectionName): ModelRow[] {
		return [...(this.collections.get(name)?.values() ?? [])];
	}

	get(name: CollectionName, id: string): ModelRow | undefined {
		return this.collections.get(name)?.get(id);
	}

	commit(entryId: string, changes: ModelChanges, canUndo = true): void {
		const done: Done[] = [];
		const set = (name: CollectionName, id: string, now: ModelRow | undefined) => {
			const rows = this.collections.get(name) ?? new Map<string, ModelRow>();
			this.collections.set(name, rows);
			if (now || rows.has(id)) done.push({ name, old: rows.get(id), now });
			if (now) rows.set(id, now);
			else rows.delete(id);
		};
		for (const [name, ids] of entries(changes.remove))
			for (const id of ids) set(name, id, undefined);
		for (const [name, rows] of entries(changes.put)) for (const row of rows) set(name, row.id, row);
		if (canUndo) this.#done.set(entryId, done);
	}

	undo(entryId: string): void {
		const done = this.#done.get(entryId) ?? [];
		this.#done.delete(entryId);
		for (const { name, old, now } of done) {
			const there = this.get(name, now?.id ?? old?.id ?? '');
			const rows = this.collections.get(name);
			if (!old && now && there && same(there, now)) rows?.delete(now.id);
			if (old && !now && !there) rows?.set(old.id, old);
			if (old && now && there) rows?.set(old.id, fieldsBack(there, old, now));
		}
	}
}

function fieldsBack(there: ModelRow, old: ModelRow, now: ModelRow): ModelRow {
	const fields = Object.keys(there).map((field) => {
		const isOurs = !same(old[field], now[field]) && same(there[field], now[field]);
		return [field, isOurs ? old[field] : there[field]];
	});
	return Object.fromEntries(fields) as ModelRow;
}

function same(a: unknown, b: unknown): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}

function entries<Value>(of: { [N in CollectionName]?: Value } | undefined) {
	return Object.entries(of ?? {}) as [CollectionName, Value][];
}

/** Model rows have only the fields that a test is about; the vault does not mind. */
export function asChanges(changes: ModelChanges): Changes {
	return changes as unknown as Changes;
}
