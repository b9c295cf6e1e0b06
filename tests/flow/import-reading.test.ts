import { inspectFile } from '$lib/imports/inspect-file.ts';
import type { Encoding } from '$lib/imports/decode.ts';
import { importFile } from '$lib/imports/import-file.ts';
import { findEarlierImport, hashFile } from '$lib/imports/file-hash.ts';
import type { FileMapping, MappingChoices } from '$lib/imports/mapping.ts';
import { makeTableReader } from '$lib/imports/read-table.ts';
import { readText } from '$lib/imports/decode.ts';
import { undoImport } from '$lib/imports/undo-import.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixtureFile, textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { fromSeed } from '../support/seed.ts';
import { encode, knowsWindows1252, writeTable, type Writing } from '../support/written-table.ts';

async function inspected(file: File, choices: MappingChoices = {}) {
	const result = await inspectFile(file, choices);
	if (result.kind === 'refused') throw new Error(result.problem.message);
	return result.inspection;
}

async function cellsOf(file: File, mapping: FileMapping): Promise<string[][]> {
	const rows: string[][] = [];
	const reader = makeTableReader(mapping, { importId: '', now: 0 }, (_, line, cells) => {
		expect(line).toBeGreaterThan(mapping.headerLine);
		rows.push([...cells]);
	});
	for await (const text of readText(file, mapping.encoding)) reader.push(text);
	reader.end();
	return rows;
}

describe('what is read equals what was written', () => {
	const words = ['Zoë', 'Müller', 'François', 'Núñez', 'Søren', 'x', '7', "O'Neil"];
	const marks = [' ', ',', ';', '\t', '|', '"', '\n', '\r\n', '""', ', '];
	const wide = [...words, ...marks, 'D’Arcy', 'Łukasz', '山田', '💛', 'עדה'];
	const textOf = (unit: string[]) => fc.string({ unit: fc.constantFrom(...unit), maxLength: 6 });
	const encodings: Encoding[] = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'macintosh'];

	const tables = fc.constantFrom(...encodings).chain((encoding) => {
		const isSingleByte = encoding === 'windows-1252' || encoding === 'macintosh';
		const cell = textOf(isSingleByte ? [...words, ...marks] : wide);
		const row = fc
			.tuple(fc.constantFrom(...words), fc.nat(999), fc.array(cell, { minLength: 3, maxLength: 3 }))
			.map(([name, number, rest]) => [`${name} Reyes`, `c${number}@example.com`, ...rest]);
		const how: fc.Arbitrary<Writing> = fc.record({
			encoding: fc.constant(encoding),
			hasMark: isSingleByte ? fc.constant(false) : fc.boolean(),
			delimiter: fc.constantFrom(',', ';', '\t', '|'),
			newline: fc.constantFrom('\n', '\r\n', '\r'),
			quotesAll: fc.boolean(),
			hasHint: fc.boolean(),
			endsWithNewline: fc.boolean(),
		});
		return fc.record({
			how,
			header: fc.shuffledSubarray(['Phone', 'Notes', 'City', '', 'Notes'], { minLength: 3 }),
			rows: fc.array(row, { minLength: 1, maxLength: 8 }),
			titles: fc.array(fc.constantFrom('Practice of fiction', 'Exported on Monday'), {
				maxLength: 3,
			}),
		});
	});

	it('for any delimiter, quoting, newline, encoding and title rows', async () => {
		await fc.assert(
			fc.asyncProperty(tables, async ({ how, header, rows, titles }) => {
				const names = ['Client', 'Email', ...header.slice(0, 3)];
				const table = [...titles.map((title) => [title]), names, ...rows];
				const file = textFile(writeTable(table, how));
				const { mapping, reading } = await inspected(file);
				expect(mapping.delimiter).toBe(how.delimiter);
				expect(mapping.header).toEqual(names);
				expect(reading.titleLines.length).toBe(titles.length);
				const read = await cellsOf(file, mapping);
				const last = rows[0]?.length ?? 0;
				const trimmed = read.map((row) =>
					how.newline === '\r\n'
						? row.map((cell, at) => (at === last - 1 ? cell.replace(/\r$/, '') : cell))
						: row,
				);
				expect(trimmed).toEqual(rows);
			}),
			fromSeed(400),
		);
	});
});

describe('Mac Roman is told from windows-1252', () => {
	it.each(['Chloé', 'O’Connor', 'MUÑOZ', 'Zoë Müller', 'Élodie', 'Søren “Bo” Åberg', 'François'])(
		'%s',
		async (name) => {
			for (const encoding of ['windows-1252', 'macintosh'] as const) {
				if (encoding === 'windows-1252' && !knowsWindows1252 && /[’“”]/.test(name)) continue;
				const file = textFile(encode(`Client,Email\n${name} Reyes,r@example.com\n`, encoding));
				const { mapping, preview } = await inspected(file);
				expect(mapping.encoding).toBe(encoding);
				expect(preview[0]?.cells[0]).toBe(`${name} Reyes`);
			}
		},
	);
});

describe('how a file was read is shown and can be overridden', () => {
	it('the header line, what stands above it and what sums up below it', async () => {
		const file = textFile(
			'Practice of fiction\nExported on Monday\n\nClient,Email,Status\n230 clients,9 clinicians,\nMaya Okafor,maya@example.com,Active',
		);
		const { reading, preview } = await inspected(file);
		expect(reading).toMatchObject({
			source: 'text',
			encoding: 'utf-8',
			delimiter: ',',
			headerLine: 4,
			titleLines: [1, 2],
			summaryLines: [5],
		});
		expect(reading.headerChoices[0]).toEqual({ line: 1, words: 'Practice of fiction' });
		expect(preview.at(-1)?.row.outcome).toBe('client');
	});

	it('another header row, or none', async () => {
		const file = textFile('Name,Mail\nMaya Okafor,maya@example.com\nNoah Reyes,noah@example.com\n');
		const second = await inspected(file, { headerLine: 2 });
		expect(second.mapping).toMatchObject({
			header: ['Maya Okafor', 'maya@example.com'],
			headerLine: 2,
		});
		expect(second.preview.map(({ line }) => line)).toEqual([3]);
		const none = await inspected(file, { headerLine: 0 });
		expect(none.mapping).toMatchObject({ hasHeader: false, headerLine: 0, dataStart: 0 });
		expect(none.preview.length).toBe(3);
	});

	it('another delimiter and encoding', async () => {
		const file = fixtureFile('windows-1252.csv');
		const mac = await inspected(file, { encoding: 'macintosh' });
		expect(mac.mapping.encoding).toBe('macintosh');
		expect(mac.preview[0]?.cells[0]).not.toBe('Chloé');
		const tabs = await inspected(fixtureFile('semicolons.csv'), { delimiter: '\t' });
		expect(tabs.mapping.header.length).toBe(1);
	});

	it('a choice with which the file cannot be read is put back and said', async () => {
		const file = fixtureFile('windows-1252.csv');
		const { mapping, findings } = await inspected(file, { encoding: 'utf-8' });
		expect(mapping.encoding).toBe('windows-1252');
		expect(findings).toMatchObject([{ kind: 'choice-undone', needsAnswer: false }]);
	});
});

describe('the delimiter is judged by the whole sample', () => {
	it('commas in every address do not outweigh semicolons', async () => {
		const rows = Array.from(
			{ length: 150 },
			(_, at) => `Maya ${at};${at} Mill Row, Apt 3, Ashford, WA 98304`,
		);
		const { mapping } = await inspected(textFile(`Name;Address\n${rows.join('\n')}\n`));
		expect(mapping.delimiter).toBe(';');
	});

	it('a quoted cell cut by the end of the sample does not change what ends a row', async () => {
		const rows = Array.from({ length: 3_000 }, (_, at) => `Maya ${at},"a\nb",m${at}@example.com`);
		const { mapping } = await inspected(textFile(['Name,Notes,Email', ...rows].join('\r')));
		expect(mapping.newline).toBe('\r');
	});
});

it.each([
	['blank rows between, columns without a name', 'Client,,Email,\n\n,,,\nMaya O,x,m@example.com,'],
	['more names than cells', 'Client,A,Email,A,A\nMaya O,x,m@example.com'],
	['a last row without a newline', 'Client,A,Email\r\nMaya O,x,m@example.com'],
])('%s', async (_, text) => {
	const vault = await openTestVault();
	const { mapping } = await inspected(textFile(text));
	const result = await importFile(vault, textFile(text), mapping);
	expect(result).toMatchObject({ kind: 'imported', counts: { created: 1, rejected: 0 } });
	expect((await vault.load('clients')).rows('clients')).toMatchObject([
		{ firstName: 'Maya', lastName: 'O', emailAddress: 'm@example.com' },
	]);
});

describe('the very same file', () => {
	const file = () => textFile('Client,Email\nMaya Okafor,maya@example.com\n');

	it('is known again by its bytes, whatever its name, until its import is undone', async () => {
		const vault = await openTestVault();
		const { mapping } = await inspected(file());
		const now = new Date(2026, 4, 3, 12).getTime();
		const result = await importFile(vault, file(), mapping, { now: () => now });
		const imports = async () => (await vault.load('imports')).rows('imports');
		const renamed = textFile(new Uint8Array(await file().arrayBuffer()), 'other.csv');
		expect(await findEarlierImport(await imports(), renamed)).toMatchObject([
			{ kind: 'imported-before', message: expect.stringMatching(/imported on 3 May 2026/) },
		]);
		const other = textFile('Client,Email\nMaya Okafor,maia@example.com\n');
		expect(other.size).toBe(renamed.size);
		expect(await findEarlierImport(await imports(), other)).toEqual([]);
		if (result.kind === 'imported') await undoImport(vault, result.importId);
		expect(await findEarlierImport(await imports(), renamed)).toEqual([]);
	});

	it('is told from one that differs in a single byte, wherever it stands', async () => {
		const bytes = new Uint8Array(3_000_000);
		const whole = await hashFile(textFile(bytes));
		for (const at of [0, 1_500_000, 2_999_999]) {
			const changed = bytes.slice();
			changed[at] = 1;
			expect(await hashFile(textFile(changed))).not.toBe(whole);
		}
	});
});
