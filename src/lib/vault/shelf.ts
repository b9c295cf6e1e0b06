/** One block in memory: up to about a thousand rows, never mutated. */
export interface Block<Row> {
	id: string;
	version: string;
	/** A version kept on disk for an undo, '' when none. */
	pin: string;
	rows: readonly Row[];
}

export interface HasId {
	id: string;
}

/** Where a row is: index of ids, handed on from one shelf to the next because building it is the cost. */
type RowIndex = Map<string, string>;

/** The rows of one collection at one revision: blocks in order. Immutable; `with…` makes the next one. */
export class Shelf<Row extends HasId> {
	readonly blocks: ReadonlyMap<string, Block<Row>>;
	#flat: readonly Row[] | undefined;
	#index: RowIndex | undefined;
	#lastFound = -1;

	constructor(blocks: ReadonlyMap<string, Block<Row>>, index?: RowIndex) {
		this.blocks = blocks;
		this.#index = index;
	}

	/** All rows in order; the same array as long as nothing changed. */
	get rows(): readonly Row[] {
		return (this.#flat ??= ([] as Row[]).concat(
			...[...this.blocks.values()].map((block) => block.rows),
		));
	}

	blockOf(rowId: string): Block<Row> | undefined {
		const blockId = this.#indexed().get(rowId);
		return blockId === undefined ? undefined : this.blocks.get(blockId);
	}

	get(rowId: string): Row | undefined {
		const rows = this.blockOf(rowId)?.rows ?? [];
		// Bulk work asks in order: the row after the last one found is the likeliest.
		const next = this.#lastFound + 1;
		const at = rows[next]?.id === rowId ? next : rows.findIndex((row) => row.id === rowId);
		this.#lastFound = at;
		return rows[at];
	}

	/** The next shelf: changed and new blocks in place (new ones last), emptied ones gone. */
	withBlocks(changed: readonly Block<Row>[], gone: readonly string[] = []): Shelf<Row> {
		const blocks = new Map(this.blocks);
		const index = this.#index;
		this.#index = undefined;
		// All that was is forgotten first: a row may have moved between these blocks.
		if (index)
			for (const id of [...gone, ...changed.map((block) => block.id)])
				for (const row of blocks.get(id)?.rows ?? []) index.delete(row.id);
		for (const id of gone) blocks.delete(id);
		for (const block of changed) {
			blocks.set(block.id, block);
			if (index) addTo(index, block);
		}
		return new Shelf(blocks, index);
	}

	#indexed(): RowIndex {
		if (!this.#index) {
			this.#index = new Map();
			for (const block of this.blocks.values()) addTo(this.#index, block);
		}
		return this.#index;
	}
}

function addTo(index: RowIndex, block: Block<HasId>): void {
	for (const row of block.rows) index.set(row.id, block.id);
}
