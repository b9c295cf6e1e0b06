import { inferDateOrder, orderInName } from '$lib/domain/date-text.ts';
import type { RowProblem } from '$lib/domain/import.ts';
import { detectEncoding, readText, sliceBytes, type Encoding } from './decode.ts';
import { detectDialect, hasDelimiterHint, type Dialect } from './dialect.ts';
import type { FileKind } from './file-kind.ts';
import { findHeader, type StartRow } from './find-header.ts';
import { findingsOf, type Finding } from './findings.ts';
import { ImportTrouble, problemFrom, type ImportProblem } from './import-problem.ts';
import type { FileMapping, MappingChoices } from './mapping.ts';
import type { ReadRow } from './read-row.ts';
import { guessCountry } from './phone-country.ts';
import { makeTableReader } from './read-table.ts';
import { readingOf, type Reading } from './reading.ts';
import { makeRowSplitter } from './split-rows.ts';
import { tableFile } from './table-file.ts';

/** A row as the preview shows it. */
export interface PreviewRow {
	line: number;
	cells: string[];
	row: ReadRow;
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
	reading: Reading;
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
		return { kind: 'inspected', inspection: await inspectAsChosen(file, choices, now) };
	} catch (error) {
		return { kind: 'refused', problem: problemFrom(error) };
	}
}

/** A choice with which the file cannot be read is put back and said, so that the file is not lost for it. */
async function inspectAsChosen(file: File, choices: MappingChoices, now: number) {
	try {
		return await inspect(file, choices, now);
	} catch (error) {
		const { encoding, delimiter, headerLine, sheet, ...others } = choices;
		if ((encoding ?? delimiter ?? headerLine ?? sheet) === undefined) throw error;
		const inspection = await inspect(file, others, now);
		inspection.findings.unshift({
			kind: 'choice-undone',
			needsAnswer: false,
			message:
				'The file cannot be read as you chose; it is read as Portico found it. Look at the first rows.',
		});
		return inspection;
	}
}

async function inspect(whole: File, choices: MappingChoices, now: number): Promise<Inspection> {
	const { kind, file, sheets, sheet } = await tableFile(whole, choices.sheet);
	const isWhole = file.size <= sliceBytes;
	const { text, encoding, dialect } = await startOf(file, kind, choices, isWhole);
	const rows = rowsOf(text, dialect, isWhole);
	const thisYear = new Date(now).getFullYear();
	const hasHint = hasDelimiterHint(text);
	const header = findHeader(rows, hasHint, choices, thisYear);
	if (header.header.length > mostColumns)
		throw new ImportTrouble(
			'too-many-columns',
			`This file has ${header.header.length} columns; Portico takes up to ${mostColumns}. Nothing was changed. Check that you chose the list of clients, or delete the columns that you do not need.`,
		);
	const data = rows.slice(header.dataStart).map(({ cells }) => cells);
	const order =
		choices.dateOrder ?? (orderStated(header) || inferDateOrder(datesIn(data, header.roles)));
	const dateOrder = order === 'ambiguous' || order === 'either' ? '' : order;
	const mapping: FileMapping = {
		source: kind,
		sheet,
		encoding,
		...dialect,
		...header,
		dateOrder,
		country: guessCountry(header.header, header.roles, data),
		defaults: choices.defaults,
	};
	const { preview, problems } = readStart(text, isWhole, mapping, now);
	return {
		fileName: whole.name,
		size: whole.size,
		mapping,
		samples: header.header.map((_, at) => samplesOf(data, at)),
		preview,
		problems,
		findings: findingsOf(mapping, order === 'ambiguous', data, text),
		reading: readingOf(mapping, rows, hasHint, preview, sheets),
	};
}

/** The start of a file as text, and how it is written: as chosen, else as found. */
async function startOf(file: File, kind: FileKind, choices: MappingChoices, isWhole: boolean) {
	if (kind !== 'text') {
		const text = await textOf(file, 'utf-8', isWhole);
		return {
			text,
			encoding: 'utf-8' as const,
			dialect: { delimiter: ',', newline: '\r' } as const,
		};
	}
	const start = new Uint8Array(await file.slice(0, sliceBytes).arrayBuffer());
	const encoding = choices.encoding ?? detectEncoding(start, isWhole);
	const text = await textOf(file, encoding, isWhole);
	const found = detectDialect(text);
	return { text, encoding, dialect: { ...found, delimiter: choices.delimiter ?? found.delimiter } };
}

function rowsOf(text: string, dialect: Dialect, isWhole: boolean): StartRow[] {
	const rows: StartRow[] = [];
	const splitter = makeRowSplitter(
		dialect,
		(cells, line) => rows.push({ cells, line }),
		(broken, line) => rows.push({ cells: [broken], line }),
	);
	splitter.push(text);
	if (isWhole) splitter.end();
	if (rows.every(({ cells }) => cells.every((cell) => cell.trim() === '')))
		throw new ImportTrouble(
			isWhole ? 'empty' : 'row-too-long',
			isWhole
				? 'This file holds no text. Nothing was changed. Export your clients again and choose the new file.'
				: 'The first row of this file is over a megabyte long; this is no table of clients. Nothing was changed. Export your clients as CSV again.',
		);
	return rows;
}

async function textOf(file: Blob, encoding: Encoding, isWhole: boolean) {
	const start = file.slice(0, sliceBytes);
	if (isWhole) {
		let text = '';
		for await (const piece of readText(start, encoding)) text += piece;
		return text;
	}
	const decoder = new TextDecoder(encoding, { fatal: !encoding.startsWith('utf-16') });
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

/** The order of day and month that the name of a column of dates states. */
function orderStated({ header, roles }: Pick<FileMapping, 'header' | 'roles'>) {
	return orderInName(header[roles.indexOf('dateOfBirth')] ?? '');
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
