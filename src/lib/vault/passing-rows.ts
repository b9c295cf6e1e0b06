import type { Table } from '$lib/domain/table.ts';
import { Block, type HasId } from './block.ts';
import { Shelf } from './shelf.ts';

/**
 * All rows of a collection one after the other, without keeping them: a backup looks at each once, and
 * those that no screen has asked for need not stay in memory.
 */
export function* passingRows<Row extends HasId>(table: Table<Row>): Generator<Row> {
	let start = 0;
	for (const part of table.parts) {
		for (let index = 0; index < part.length; index++)
			yield part instanceof Block ? (part.passing(index) as Row) : table.row(start + index);
		start += part.length;
	}
}

/** Finds rows by id in the same way; undefined for one that is not there. */
export function passingFinder<Row extends HasId>(
	table: Table<Row>,
): (id: string) => Row | undefined {
	if (!(table instanceof Shelf)) {
		const rows = new Map([...passingRows(table)].map((row) => [row.id, row]));
		return (id) => rows.get(id);
	}
	// An index is handed on from shelf to shelf: an empty one would be filled by all that is added later.
	if (table.length === 0) return () => undefined;
	const shelf = table as Shelf<Row>;
	let last = -1;
	return (id) => {
		const block = shelf.blockOf(id);
		if (!block) return undefined;
		const { ids } = block;
		// Most of the time one asks in order.
		last = ids[last + 1] === id ? last + 1 : ids.indexOf(id);
		return block.passing(last);
	};
}
