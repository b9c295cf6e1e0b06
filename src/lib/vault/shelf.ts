import type { Column, Table } from '$lib/domain/table.ts';
import type { Block, HasId } from './block.ts';

/** Where a row is: index of ids, handed on from one shelf to the next because building it is the cost. */
type RowIndex = Map<string, string>;

/** The rows of one collection at one revision: blocks in order. Immutable; `with…` makes the next one. */
export class Shelf<Row extends HasId> implements Table<Row> {
	readonly blocks: ReadonlyMap<string, Block<Row>>;
	readonly length: number;
	readonly parts: readonly Block<Row>[];
	/** Of each block, where its rows end. */
	readonly #ends: readonly number[];
	#flat: readonly Row[] | undefined;
	#index: RowIndex | undefined;
	#lastFound = -1;

	constructor(blocks: ReadonlyMap<string, Block<Row>>, index?: RowIndex) {
		this.blocks = blocks;
		this.#index = index;
		this.parts = [...blocks.values()];
		let end = 0;
		this.#ends = this.parts.map((block) => (end += block.length));
		this.length = end;
	}

	/** All rows in order; the same array as long as nothing changed. */
	get rows(): readonly Row[] {
		return (this.#flat ??= ([] as Row[]).concat(...this.parts.map((block) => block.rows)));
	}

	column<Field extends keyof Row>(field: Field): Column<Row[Field]> {
		let start = 0;
		let end = 0;
		let column: Column<Row[Field]> | undefined;
		return {
			at: (index) => {
				// One reads along the rows, so most of the time it is the block of the last one.
				if (!column || index < start || index >= end) {
					const place = this.#placeOf(index);
					({ start, end } = place);
					column = place.block.column(field);
				}
				return column.at(index - start);
			},
		};
	}

	row(index: number): Row {
		const { block, start } = this.#placeOf(index);
		return block.row(index - start);
	}

	#placeOf(index: number): { block: Block<Row>; start: number; end: number } {
		let from = 0;
		let to = this.#ends.length;
		while (from < to) {
			const middle = (from + to) >>> 1;
			if ((this.#ends[middle] ?? 0) <= index) from = middle + 1;
			else to = middle;
		}
		const block = this.parts[from];
		if (!block) throw new RangeError(`There is no row ${index}`);
		return { block, start: this.#ends[from - 1] ?? 0, end: this.#ends[from] ?? 0 };
	}

	blockOf(rowId: string): Block<Row> | undefined {
		const blockId = this.#indexed().get(rowId);
		return blockId === undefined ? undefined : this.blocks.get(blockId);
	}

	get(rowId: string): Row | undefined {
		const block = this.blockOf(rowId);
		if (!block) return undefined;
		const { ids } = block;
		// Bulk work asks in order: the row after the last one found is the likeliest.
		const next = this.#lastFound + 1;
		this.#lastFound = ids[next] === rowId ? next : ids.indexOf(rowId);
		return block.row(this.#lastFound);
	}

	/** The next shelf: changed and new blocks in place (new ones last), emptied ones gone. */
	withBlocks(changed: readonly Block<Row>[], gone: readonly string[] = []): Shelf<Row> {
		const blocks = new Map(this.blocks);
		const index = this.#index;
		this.#index = undefined;
		// All that was is forgotten first: a row may have moved between these blocks.
		if (index)
			for (const id of [...gone, ...changed.map((block) => block.id)])
				for (const rowId of blocks.get(id)?.ids ?? []) index.delete(rowId);
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
	for (const rowId of block.ids) index.set(rowId, block.id);
}
