import { Sheet } from '$lib/domain/sheet.ts';
import { Block, type HasId } from './block.ts';
import type { Shelf } from './shelf.ts';

export interface AppliedChanges<Row extends HasId> {
	/** Blocks with new contents, under the new version; new blocks last. */
	changed: Block<Row>[];
	/** Ids of blocks that hold no row any more; one with a version kept for an undo stays, empty. */
	gone: string[];
	nextBlock: number;
}

interface Plan<Row extends HasId> {
	shelf: Shelf<Row>;
	puts: readonly Row[];
	/** Rows of ids that nothing has. */
	adds: Sheet<Row> | undefined;
	removes: readonly string[];
	version: string;
	nextBlock: number;
	rowsPerBlock: number;
}

/** Which blocks change when rows are put and removed: known rows stay in their block, new ones fill the last. */
export function applyChanges<Row extends HasId>(plan: Plan<Row>): AppliedChanges<Row> {
	const { shelf, version, rowsPerBlock } = plan;
	const edits = new Map<string, Map<string, Row | undefined>>();
	const news = new Map<string, Row>();
	const edit = (block: Block<Row>, rowId: string, row: Row | undefined) => {
		const inBlock = edits.get(block.id);
		if (inBlock) inBlock.set(rowId, row);
		else edits.set(block.id, new Map([[rowId, row]]));
	};
	for (const rowId of plan.removes) {
		const block = shelf.blockOf(rowId);
		if (block) edit(block, rowId, undefined);
	}
	for (const row of plan.puts) {
		const block = shelf.length > 0 ? shelf.blockOf(row.id) : undefined;
		if (block) edit(block, row.id, row);
		else news.set(row.id, row);
	}

	const rowsOf = new Map<string, Row[]>();
	for (const [blockId, inBlock] of edits) {
		const before = shelf.blocks.get(blockId)?.rows ?? [];
		const after = before.flatMap((row) => {
			if (!inBlock.has(row.id)) return [row];
			const replacement = inBlock.get(row.id);
			return replacement ? [replacement] : [];
		});
		rowsOf.set(blockId, after);
	}
	let nextBlock = plan.nextBlock;
	const lastId = [...shelf.blocks.keys()].at(-1);
	const lastRows =
		lastId === undefined ? [] : (rowsOf.get(lastId) ?? shelf.blocks.get(lastId)?.rows);
	let filling =
		lastRows && lastRows.length > 0 ? { id: lastId ?? '', rows: [...lastRows] } : undefined;
	const fill = (row: Row) => {
		if (!filling || filling.rows.length >= rowsPerBlock)
			filling = { id: String(nextBlock++), rows: [] };
		filling.rows.push(row);
		rowsOf.set(filling.id, filling.rows);
	};
	for (const row of news.values()) fill(row);
	// Of a sheet only those rows are made for which the last block has room.
	const adds = plan.adds ?? Sheet.empty<Row>();
	const ids = adds.column('id');
	if (shelf.length > 0)
		for (let at = 0; at < adds.length; at++)
			if (shelf.blockOf(ids.at(at))) throw new Error('A row that is there already was added');
	const free = filling ? rowsPerBlock - filling.rows.length : 0;
	const room = Math.max(0, Math.min(free, adds.length));
	for (let at = 0; at < room; at++) fill(adds.row(at));

	const changed: Block<Row>[] = [];
	const gone: string[] = [];
	for (const [id, rows] of rowsOf) {
		const pin = shelf.blocks.get(id)?.pin ?? '';
		if (rows.length === 0 && !pin) gone.push(id);
		else changed.push(new Block(id, version, pin, rows));
	}
	for (let from = room; from < adds.length; from += rowsPerBlock) {
		const sheet = adds.slice(from, from + rowsPerBlock);
		changed.push(new Block(String(nextBlock++), version, '', sheet));
	}
	return { changed, gone, nextBlock };
}
