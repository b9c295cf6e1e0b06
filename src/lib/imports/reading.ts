import type { Encoding } from './decode.ts';
import type { FileKind } from './file-kind.ts';
import { headerRows, type StartRow } from './find-header.ts';
import type { FileMapping } from './mapping.ts';
import type { PreviewRow } from './inspect-file.ts';

/** How a file was read, for a person to see and correct. Lines are counted from 1. */
export interface Reading {
	source: FileKind;
	encoding: Encoding;
	delimiter: string;
	/** 0 where the file has no header. */
	headerLine: number;
	/** The first filled rows, one of which is the header. */
	headerChoices: { line: number; words: string }[];
	/** Filled lines above the header, which are passed over. */
	titleLines: number[];
	/** Lines below the header that sum the file up. */
	summaryLines: number[];
	/** A workbook's sheets; none elsewhere. */
	sheets: readonly string[];
	sheet: string;
}

const longestWords = 60;

/** Says how the start of a file was read. */
export function readingOf(
	mapping: FileMapping,
	rows: readonly StartRow[],
	hasHint: boolean,
	preview: readonly PreviewRow[],
	sheets: readonly string[],
): Reading {
	const choices = headerRows(rows, hasHint);
	return {
		source: mapping.source,
		encoding: mapping.encoding,
		delimiter: mapping.delimiter,
		headerLine: mapping.headerLine,
		headerChoices: choices.map(({ cells, line }) => ({ line, words: wordsOf(cells) })),
		titleLines: choices.map(({ line }) => line).filter((line) => line < mapping.headerLine),
		summaryLines: preview.filter(({ row }) => row.outcome === 'summary').map(({ line }) => line),
		sheets,
		sheet: mapping.sheet,
	};
}

function wordsOf(cells: readonly string[]): string {
	const words = cells
		.map((cell) => cell.trim().replace(/\s+/g, ' '))
		.filter((cell) => cell !== '')
		.join(', ');
	return words.length > longestWords ? `${words.slice(0, longestWords).trim()}…` : words;
}
