import { plainCell } from '$lib/domain/spreadsheet-cell.ts';
import type { FileMapping } from './mapping.ts';
import { makeRowReader, type ReadingContext, type RowReader } from './read-row.ts';
import { makeTableReader, type TakeReadRow } from './read-table.ts';
import type { RowSplitter } from './split-rows.ts';

/** What a person wrote in place of a cell of the file. */
export interface RowFix {
	/** The line on which the row starts. */
	line: number;
	/** The column's index. */
	at: number;
	value: string;
}

/**
 * Reads a table as `makeTableReader` does, with a person's fixes in place, and without the apostrophes
 * that make cells inert in a spreadsheet. Rows that need neither are read once, as they are.
 */
export function makeFixedReader(
	mapping: FileMapping,
	context: ReadingContext,
	fixes: readonly RowFix[],
	take: TakeReadRow,
): RowSplitter {
	const byLine = new Map<number, RowFix[]>();
	for (const fix of fixes) {
		const others = byLine.get(fix.line);
		if (others) others.push(fix);
		else byLine.set(fix.line, [fix]);
	}
	let read: RowReader | undefined;
	let hasInertCells = false;

	const reader = makeTableReader(mapping, context, (row, line, cells) => {
		const fixed = byLine.get(line);
		if (!hasInertCells && !fixed) return take(row, line, cells);
		const mended = mendCells(cells, fixed, mapping.header.length);
		if (mended === cells) return take(row, line, cells);
		read ??= makeRowReader(mapping, context);
		take(read(mended, line), line, mended);
	});
	return {
		push(text) {
			// Once one was seen, all cells are looked at: hardly a file has any.
			hasInertCells ||= mayHoldInertCell(text, mapping.delimiter);
			reader.push(text);
		},
		end: () => reader.end(),
	};
}

/** Whether an apostrophe stands where a cell, or a line in it, may begin: at the edge of a piece anything may. */
function mayHoldInertCell(piece: string, delimiter: string): boolean {
	const before = `${delimiter}"\r\n`;
	for (let at = piece.indexOf("'"); at >= 0; at = piece.indexOf("'", at + 1))
		if (at === 0 || before.includes(piece.charAt(at - 1))) return true;
	return false;
}

/** The cells themselves when nothing is to be mended. */
function mendCells(
	cells: readonly string[],
	fixes: readonly RowFix[] | undefined,
	width: number,
): readonly string[] {
	let mended: string[] | undefined;
	for (let at = 0; at < cells.length; at += 1) {
		const cell = cells[at] as string;
		if (cell.charCodeAt(0) !== apostrophe && !cell.includes("\n'")) continue;
		const plain = plainCell(cell);
		if (plain === cell) continue;
		mended ??= [...cells];
		mended[at] = plain;
	}
	if (!fixes) return mended ?? cells;
	mended ??= [...cells];
	for (const { at, value } of fixes) {
		// A person has looked at this row: what it lacks is blank, and needs no more words.
		while (mended.length < Math.max(at, width)) mended.push('');
		mended[at] = value;
	}
	return mended;
}

const apostrophe = 39;
