import { inferDateOrder } from '$lib/domain/date-text.ts';
import type { RowProblem } from '$lib/domain/import.ts';
import { detectEncoding, readText, sliceBytes } from './decode.ts';
import { detectDialect, hasDelimiterHint } from './dialect.ts';
import { findHeader } from './find-header.ts';
import { ImportTrouble, problemFrom, type ImportProblem } from './import-problem.ts';
import type { FileMapping, MappingChoices } from './mapping.ts';
import type { ReadRow } from './read-row.ts';
import { makeTableReader } from './read-table.ts';
import { makeRowSplitter } from './split-rows.ts';

/** A row as the preview shows it. */
export interface PreviewRow {
	line: number;
	cells: string[];
	row: ReadRow;
}

/** What is to be decided or known before a file is taken in. `needsAnswer`: 'Import' waits for the person. */
export interface Finding extends ImportProblem {
	needsAnswer: boolean;
}

/** What a look at the start of a file says. Plain data: it crosses to the page. */
export interface Inspection {
	fileName: string;
	size: number;
	mapping: FileMapping;
	/** Up to three different values of each column. */
	samples: string[][];
	/** The first rows. */
	preview: PreviewRow[];
	/** Problems of the first 200 rows. */
	problems: RowProblem[];
	findings: Finding[];
}

export type InspectResult =
	{ kind: 'inspected'; inspection: Inspection } | { kind: 'refused'; problem: ImportProblem };

const mostColumns = 500;
const rowsChecked = 200;
const rowsShown = 50;

/** Looks at the first megabyte of a file: how it is written, what its columns are, what is wrong with it. */
export async function inspectFile(
	file: File,
	choices: MappingChoices = {},
	now = Date.now(),
): Promise<InspectResult> {
	try {
		return { kind: 'inspected', inspection: await inspect(file, choices, now) };
	} catch (error) {
		return { kind: 'refused', problem: problemFrom(error) };
	}
}

async function inspect(file: File, choices: MappingChoices, now: number): Promise<Inspection> {
	const isWhole = file.size <= sliceBytes;
	const start = new Uint8Array(await file.slice(0, sliceBytes).arrayBuffer());
	const detected = detectEncoding(start, isWhole);
	const encoding = choices.encoding ?? detected;
	const text = await textOf(file.slice(0, sliceBytes), encoding, isWhole);
	const found = detectDialect(text);
	const dialect = { ...found, delimiter: choices.delimiter ?? found.delimiter };
	const rows: string[][] = [];
	const splitter = makeRowSplitter(
		dialect,
		(cells) => rows.push(cells),
		(broken) => rows.push([broken]),
	);
	splitter.push(text);
	if (isWhole) splitter.end();
	if (rows.every((row) => row.every((cell) => cell.trim() === '')))
		throw new ImportTrouble(
			isWhole ? 'empty' : 'row-too-long',
			isWhole
				? 'This file holds no text. Nothing was changed. Export your clients again and choose the new file.'
				: 'The first row of this file is over a megabyte long; this is no table of clients. Nothing was changed. Export your clients as CSV again.',
		);

	const thisYear = new Date(now).getFullYear();
	const header = findHeader(rows, hasDelimiterHint(text), choices, thisYear);
	if (header.header.length > mostColumns)
		throw new ImportTrouble(
			'too-many-columns',
			`This file has ${header.header.length} columns; Portico takes up to ${mostColumns}. Nothing was changed. Check that you chose the list of clients, or delete the columns that you do not need.`,
		);
	const data = rows.slice(header.dataStart);
	const order = choices.dateOrder ?? inferDateOrder(datesIn(data, header.roles));
	const dateOrder = order === 'ambiguous' || order === 'either' ? '' : order;
	const mapping: FileMapping = { encoding, ...dialect, ...header, dateOrder };
	const { preview, problems } = readStart(text, isWhole, mapping, now);
	return {
		fileName: file.name,
		size: file.size,
		mapping,
		samples: header.header.map((_, at) => samplesOf(data, at)),
		preview,
		problems,
		findings: findingsOf(mapping, order === 'ambiguous', data, text),
	};
}

async function textOf(start: Blob, encoding: FileMapping['encoding'], isWhole: boolean) {
	if (isWhole) {
		let text = '';
		for await (const piece of readText(start, encoding)) text += piece;
		return text;
	}
	const decoder = new TextDecoder(encoding);
	return decoder.decode(await start.arrayBuffer(), { stream: true });
}

function readStart(text: string, isWhole: boolean, mapping: FileMapping, now: number) {
	const preview: PreviewRow[] = [];
	const problems: RowProblem[] = [];
	let checked = 0;
	const reader = makeTableReader(mapping, { importId: '', now }, (row, line, cells) => {
		checked += 1;
		if (checked <= rowsShown)
			preview.push({ line, cells: cells.map((cell) => cell.slice(0, 200)), row });
		if (checked <= rowsChecked && row.outcome !== 'blank') problems.push(...row.problems);
	});
	reader.push(text);
	if (isWhole) reader.end();
	return { preview, problems };
}

function* datesIn(rows: readonly string[][], roles: FileMapping['roles']): Generator<string> {
	for (const role of ['dateOfBirth', 'addedAt'] as const) {
		const at = roles.indexOf(role);
		if (at >= 0) for (const row of rows) yield row[at] ?? '';
	}
}

function samplesOf(rows: readonly string[][], at: number): string[] {
	const samples = new Set<string>();
	for (const row of rows) {
		const value = (row[at] ?? '').trim();
		if (value !== '') samples.add(value.slice(0, 200));
		if (samples.size === 3) break;
	}
	return [...samples];
}

function findingsOf(
	{ roles }: FileMapping,
	isOrderOpen: boolean,
	data: readonly string[][],
	text: string,
): Finding[] {
	const findings: Finding[] = [];
	const add = (kind: Finding['kind'], needsAnswer: boolean, message: string) =>
		findings.push({ kind, needsAnswer, message });
	if (!data.some((row) => row.some((cell) => cell.trim() !== '')))
		add('no-rows', true, 'This file has a header but no clients.');
	const has = (...wanted: FileMapping['roles']) => wanted.some((role) => roles.includes(role));
	if (!has('emailAddress', 'fullName', 'firstName', 'lastName'))
		add(
			'no-name-or-address',
			true,
			'No column holds names or email addresses. Choose what the columns are.',
		);
	else if (!has('emailAddress'))
		add(
			'no-address-column',
			true,
			'No column holds email addresses: these clients could not be invited. Choose the column, or import them without.',
		);
	if (isOrderOpen)
		add(
			'date-order',
			false,
			'It is not clear which number of a date is the month. Choose the order; until then such dates are left out.',
		);
	if (text.includes('\ufffd'))
		add(
			'damaged-text',
			false,
			'Some characters were lost when this file was saved; they show as �. Look at the names, or export the file again.',
		);
	return findings;
}
