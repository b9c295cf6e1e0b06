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
	removes: readonly string[];
	version: string;
	nextBlock: number;
	rowsPerBlock: number;
}

/** Which blocks change when rows are put and removed: known rows stay in their block, new ones fill the last. */
export function applyChanges<Row extends HasId>(plan: Plan<Row>): AppliedChanges<Row> {
	const { shelf, version, rowsPerBlock } = plan;
	const edits = new Map<string, Map<string, Row | undefined>>();
	let news: Iterable<Row>;
	const edit = (block: Block<Row>, rowId: string, row: Row | undefined) => {
		const inBlock = edits.get(block.id);
		if (inBlock) inBlock.set(rowId, row);
		else edits.set(block.id, new Map([[rowId, row]]));
	};
	for (const rowId of plan.removes) {
		const block = shelf.blockOf(rowId);
		if (block) edit(block, rowId, undefined);
	}
	// Thousands of new rows with ids that grow cannot hold one twice: none need be looked up.
	if (shelf.length === 0 && haveGrowingIds(plan.puts)) news = plan.puts;
	else {
		const unknown = new Map<string, Row>();
		for (const row of plan.puts) {
			const block = shelf.length > 0 ? shelf.blockOf(row.id) : undefined;
			if (block) edit(block, row.id, row);
			else unknown.set(row.id, row);
		}
		news = unknown.values();
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
	for (const row of news) {
		if (!filling || filling.rows.length >= rowsPerBlock)
			filling = { id: String(nextBlock++), rows: [] };
		filling.rows.push(row);
		rowsOf.set(filling.id, filling.rows);
	}

	const changed: Block<Row>[] = [];
	const gone: string[] = [];
	for (const [id, rows] of rowsOf) {
		const pin = shelf.blocks.get(id)?.pin ?? '';
		if (rows.length === 0 && !pin) gone.push(id);
		else changed.push(new Block(id, version, pin, rows));
	}
	return { changed, gone, nextBlock };
}

/** As `makeRowIds` makes them: each longer than the one before, or as long and behind it. */
function haveGrowingIds(rows: readonly HasId[]): boolean {
	let before = '';
	for (const { id } of rows) {
		if (id.length < before.length || (id.length === before.length && id <= before)) return false;
		before = id;
	}
	return true;
}
