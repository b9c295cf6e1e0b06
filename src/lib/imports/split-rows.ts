import Papa from 'papaparse';
import type { Dialect } from './dialect.ts';
import { ImportTrouble } from './import-problem.ts';

/** Takes each row with the line of the file on which it starts; `isDoubtful` when quotes in it were repaired. */
export type TakeRow = (cells: string[], line: number, isDoubtful: boolean) => void;

/** Takes a line whose quotation marks do not match; reading goes on with the next line. */
export type TakeBrokenLine = (text: string, line: number) => void;

export interface RowSplitter {
	/** Takes the next piece of text, cut anywhere. */
	push(text: string): void;
	/** Must be called once, after the last piece. */
	end(): void;
}

interface Parsed {
	data: string[][];
	errors: { type: string; row: number }[];
	meta: { cursor: number };
}

/** A row that is longer than this and not over has lost a quotation mark. */
const longestRow = 4_000_000;
/** Each costs a second look at its surroundings. */
const mostBrokenLines = 500;

/**
 * Parts text into rows with PapaParse, piece by piece; a row or quoted cell cut by a piece's edge
 * waits for the next. Where text follows a closing quotation mark PapaParse reads on, over the ends
 * of rows, until it finds another: such a line is given to `takeBroken` and reading starts afresh
 * behind it, so that one bad cell never swallows the rest of the file.
 */
export function makeRowSplitter(
	{ delimiter, newline }: Dialect,
	take: TakeRow,
	takeBroken: TakeBrokenLine,
): RowSplitter {
	// Nothing more: PapaParse renames columns as soon as its options name a header.
	const dialect = { delimiter, newline };
	const parser = new Papa.Parser(dialect);
	let carry = '';
	let line = 1;
	let brokenLines = 0;

	function emit(rows: string[][], count: number, consumed: string, doubtful: Set<number>) {
		const isLineEach = !consumed.includes('"') || countOf(consumed, dialect.newline) <= count;
		for (let at = 0; at < count; at += 1) {
			const cells = rows[at] as string[];
			const start = line;
			line += isLineEach ? 1 : linesIn(cells, dialect.newline);
			take(cells, start, doubtful.size > 0 && doubtful.has(at));
		}
	}

	function breakLine(text: string): string {
		brokenLines += 1;
		if (brokenLines > mostBrokenLines)
			throw new ImportTrouble(
				'broken-quotes',
				`The quotation marks in this file do not match in more than ${mostBrokenLines} places, up to line ${line}. Nothing was changed. Export the file again, or open and save it in a spreadsheet program.`,
			);
		const end = text.indexOf(dialect.newline);
		takeBroken(end < 0 ? text : text.slice(0, end), line);
		line += 1;
		return end < 0 ? '' : text.slice(end + 1);
	}

	function read(text: string, isLast: boolean) {
		let rest = text;
		while (rest !== '') {
			const parsed = parser.parse(rest, 0, !isLast) as Parsed;
			const { data } = parsed;
			if (isLast && rest.endsWith(dialect.newline) && isEmptyRow(data.at(-1))) data.pop();
			const { broken, doubtful } = judge(parsed, dialect.newline);
			if (broken < 0) {
				emit(data, data.length, rest.slice(0, parsed.meta.cursor), doubtful);
				rest = isLast ? '' : rest.slice(parsed.meta.cursor);
				if (rest.length <= longestRow) break;
				if (!rest.includes(dialect.newline)) throw rowTooLong(line);
				rest = breakLine(rest);
			} else {
				const start = broken === 0 ? 0 : startOf(rest, broken, dialect);
				emit(data, broken, rest.slice(0, start), doubtful);
				rest = breakLine(rest.slice(start));
			}
		}
		carry = rest;
	}

	return {
		push: (text) => read(carry === '' ? text : carry + text, false),
		end: () => read(carry, true),
	};
}

/** Which row is the first to be broken for good (-1: none), and which rows had quotes repaired within a line. */
function judge({ data, errors }: Parsed, newline: string) {
	const doubtful = new Set<number>();
	for (const { type, row } of errors) {
		const cells = data[row];
		// A row that is not over yet may have been cut behind a quotation mark.
		if (type !== 'Quotes' || !cells || doubtful.has(row)) continue;
		if (cells.some((cell) => cell.includes(newline))) return { broken: row, doubtful };
		doubtful.add(row);
	}
	return { broken: -1, doubtful };
}

function startOf(text: string, row: number, dialect: Dialect): number {
	const parser = new Papa.Parser({ ...dialect, preview: row });
	return (parser.parse(text, 0, false) as Parsed).meta.cursor;
}

const isEmptyRow = (row: string[] | undefined) => row?.length === 1 && row[0] === '';

function countOf(text: string, mark: string): number {
	let count = 0;
	for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) count += 1;
	return count;
}

function linesIn(cells: string[], newline: string): number {
	let lines = 1;
	for (const cell of cells) if (cell.includes(newline)) lines += countOf(cell, newline);
	return lines;
}

function rowTooLong(line: number): ImportTrouble {
	return new ImportTrouble(
		'row-too-long',
		`Line ${line} of this file is longer than four million characters; this is no table of clients. Nothing was changed. Export your clients as CSV again.`,
	);
}
