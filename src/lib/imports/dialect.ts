import { recogniseColumns } from '$lib/domain/column-role.ts';
import Papa from 'papaparse';

/** How a table is written down as text. */
export interface Dialect {
	delimiter: string;
	/** What ends a row; a carriage return before a line feed is trimmed with the cell. */
	newline: '\n' | '\r';
}

/** A first line that tells a spreadsheet program the delimiter; it is no row of the table. */
const hint = /^\ufeff?\s*"?sep=([^"\r\n])"?[\s,;|]*(?:\r|\n|$)/i;

const sampleCharacters = 64 * 1024;
const candidates = [',', ';', '\t', '|'];
/** Where names of columns are looked for. */
const rowsNamed = 10;

export const hasDelimiterHint = (start: string): boolean => hint.test(start);

/** Finds the delimiter which parts the first rows the most evenly, into the most columns with known names. */
export function detectDialect(start: string): Dialect {
	const sample = start.slice(0, sampleCharacters);
	const newline = detectNewline(sample);
	const hinted = hint.exec(sample)?.[1];
	if (hinted) return { delimiter: hinted, newline };
	let best = { delimiter: ',', score: 0 };
	for (const delimiter of candidates) {
		const score = evenness(sample, { delimiter, newline });
		if (score > best.score) best = { delimiter, score };
	}
	return { delimiter: best.delimiter, newline };
}

function detectNewline(sample: string): '\n' | '\r' {
	// The end of the sample may cut a quoted cell, whose line breaks are its own.
	const outsideQuotes = sample.replace(/"[^"]*(?:"|$)/g, '');
	return !outsideQuotes.includes('\n') && outsideQuotes.includes('\r') ? '\r' : '\n';
}

function evenness(sample: string, dialect: Dialect): number {
	// The last row of a sample may be cut.
	const isWhole = sample.length < sampleCharacters;
	const parser = new Papa.Parser({ ...dialect, preview: 100 });
	const { data } = parser.parse(sample, 0, !isWhole) as { data: string[][] };
	const rows = data.filter((row) => row.some((cell) => cell.trim() !== ''));
	const rowsByWidth = new Map<number, number>();
	for (const row of rows) rowsByWidth.set(row.length, (rowsByWidth.get(row.length) ?? 0) + 1);
	let best = 0;
	for (const [width, count] of rowsByWidth)
		best = Math.max(best, Math.min(width - 1, 20) * (count / rows.length) ** 2);
	if (best === 0) return 0;
	// Commas in every address part rows nearly as evenly as a delimiter does, but not their header.
	return best * (rowsByWidth.size === 1 ? 2 : 1) * (1 + namesIn(rows));
}

/** How many columns the best of the first rows names. */
function namesIn(rows: readonly string[][]): number {
	let most = 0;
	for (const row of rows.slice(0, rowsNamed)) {
		if (row.length < 2) continue;
		most = Math.max(most, recogniseColumns(row).filter((role) => role !== 'ignore').length);
	}
	return most;
}
