import { recogniseColumns, type ColumnRole } from '$lib/domain/column-role.ts';
import { looksLikeValues, recogniseByValues } from '$lib/domain/column-values.ts';
import type { MappingChoices } from './mapping.ts';

/** Where a file's clients begin, and what its columns are called and are. */
export interface FoundHeader {
	dataStart: number;
	header: string[];
	hasHeader: boolean;
	/** Line of the file on which the header starts, the first being 1; 0 where there is none. */
	headerLine: number;
	roles: ColumnRole[];
}

/** A row with the line of the file on which it starts. */
export interface StartRow {
	cells: string[];
	line: number;
}

/** Titles and notes stand above a header, not pages of them. */
const rowsLookedAt = 10;

/** Finds the row of names among the first rows: the one in which the most columns are recognised. */
export function findHeader(
	rows: readonly StartRow[],
	hasHint: boolean,
	choices: MappingChoices,
	thisYear: number,
): FoundHeader {
	const cellsAt = (at: number) => rows[at]?.cells ?? [];
	const first = firstFilled(rows, hasHint);
	const chosen =
		choices.headerLine === undefined
			? -1
			: rows.findIndex(({ line }) => line === choices.headerLine);
	let best = { at: first, score: 0 };
	for (let at = first; at < Math.min(first + rowsLookedAt, rows.length); at += 1) {
		const row = cellsAt(at);
		if (looksLikeValues(row, thisYear)) continue;
		const score = recogniseColumns(row).filter((role) => role !== 'ignore').length;
		if (score > best.score && (at === first || score > 1)) best = { at, score };
	}
	const hasHeader =
		chosen >= 0 ||
		(choices.headerLine === undefined &&
			(choices.hasHeader ?? (best.score > 0 || !looksLikeValues(cellsAt(first), thisYear))));
	if (hasHeader) {
		const at = chosen >= 0 ? chosen : best.at;
		const header = cellsAt(at).map((name) => name.replace(/^\ufeff/u, '').trim());
		const below = rows.slice(at + 1, at + 201).map(({ cells }) => cells);
		const roles = choices.roles ?? recogniseColumns(header, below);
		return { dataStart: at + 1, header, hasHeader, headerLine: rows[at]?.line ?? 1, roles };
	}
	const data = rows.slice(first, first + 200).map(({ cells }) => cells);
	const width = data.reduce((widest, row) => Math.max(widest, row.length), 0);
	const header = Array.from({ length: width }, (_, at) => `Column ${at + 1}`);
	const roles = choices.roles ?? recogniseByValues(data, thisYear);
	return { dataStart: first, header, hasHeader, headerLine: 0, roles };
}

/** The rows among which a person may choose the header. */
export function headerRows(rows: readonly StartRow[], hasHint: boolean): StartRow[] {
	return rows
		.slice(firstFilled(rows, hasHint))
		.filter(({ cells }) => !isBlank(cells))
		.slice(0, rowsLookedAt);
}

function firstFilled(rows: readonly StartRow[], hasHint: boolean): number {
	let first = hasHint ? 1 : 0;
	while (first < rows.length - 1 && isBlank(rows[first]?.cells ?? [])) first += 1;
	return first;
}

const isBlank = (row: readonly string[]) => row.every((cell) => cell.trim() === '');
