import type { CollectionName } from '$lib/domain/collections.ts';
import type { Changes, Snapshot } from './types.ts';
import type { PlainRow } from './undo-record.ts';

/** A state with changes laid over it, which the next step of a plan meets. */
export class Working {
	readonly #now: Snapshot;
	readonly #changed = new Map<CollectionName, Map<string, PlainRow | undefined>>();

	constructor(now: Snapshot) {
		this.#now = now;
	}

	get(name: CollectionName, id: string): PlainRow | undefined {
		const changed = this.#changed.get(name);
		if (changed?.has(id)) return changed.get(id);
		return this.#now.get(name, id) as unknown as PlainRow | undefined;
	}

	/** Undefined removes the row. */
	set(name: CollectionName, id: string, row: PlainRow | undefined): void {
		const changed = this.#changed.get(name) ?? new Map<string, PlainRow | undefined>();
		this.#changed.set(name, changed);
		changed.set(id, row);
	}

	*rows(name: CollectionName): Generator<PlainRow> {
		const changed = this.#changed.get(name);
		for (const row of this.#now.rows(name) as unknown as readonly PlainRow[]) {
			const current = changed?.has(row.id) ? changed.get(row.id) : row;
			if (current) yield current;
		}
	}

	changes(): Changes {
		const put: Record<string, PlainRow[]> = {};
		const remove: Record<string, string[]> = {};
		for (const [name, changed] of this.#changed) {
			const puts: PlainRow[] = (put[name] = []);
			const removes: string[] = (remove[name] = []);
			for (const [id, row] of changed)
				if (row) puts.push(row);
				else removes.push(id);
		}
		return { put, remove } as Changes;
	}
}
