import type { ProblemSeverity } from '$lib/domain/import.ts';

/** Notes a problem of the row being read: the column's index, -1 for the whole row. */
export type Note = (at: number, value: string, reason: string, severity?: ProblemSeverity) => void;

export const longestCell = 10_000;

const summaryCell = /^(?:total\b.*|(?:[\d.,]+ +\p{L}[\p{L} ]*(?:, *|$))+)$/iu;
const untidy = /\s{2,}|[^\S ]/u;

/** A name as one line with single blanks: line breaks in names would end up in the headers of mails. */
export const tidy = (text: string) => (untidy.test(text) ? text.replace(/\s+/gu, ' ') : text);

/** The trimmed text of a cell; '' where the row has none or no column has the role. */
export function cellAt(cells: readonly string[], at: number): string {
	return at < 0 ? '' : (cells[at]?.trim() ?? '');
}

/** The first of several values that one cell holds, as Google Contacts parts them. */
export function firstValue(text: string): string {
	const end = text.indexOf(' ::: ');
	return tidy(end < 0 ? text : text.slice(0, end));
}

/** Whether a row is blank, plain, or which of its cells is too long. */
export function shapeOf(cells: readonly string[]): 'blank' | 'plain' | number {
	let isBlank = true;
	for (let at = 0; at < cells.length; at += 1) {
		const cell = cells[at] as string;
		if (cell.length > longestCell) return at;
		if (isBlank && cell !== '' && cell.trim() !== '') isBlank = false;
	}
	return isBlank ? 'blank' : 'plain';
}

export function isSummary(cells: readonly string[]): boolean {
	return cells.every((cell) => cell.trim() === '' || summaryCell.test(cell.trim()));
}

/** Says when a row has fewer cells than the header, or more that are not blank. */
export function noteRagged(cells: readonly string[], width: number, note: Note) {
	if (cells.length < width)
		note(
			-1,
			'',
			`This row has ${cells.length} cells where the header has ${width}; the rest is taken as blank.`,
		);
	else if (cells.slice(width).some((cell) => cell.trim() !== ''))
		note(
			-1,
			'',
			`This row has ${cells.length} cells where the header has ${width}; what is beyond was left out.`,
		);
}
