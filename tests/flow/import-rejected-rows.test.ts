import { importFile } from '$lib/imports/import-file.ts';
import { inspectFile } from '$lib/imports/inspect-file.ts';
import type { FileMapping } from '$lib/imports/mapping.ts';
import type { RejectedRow } from '$lib/imports/problem-log.ts';
import { rejectedFile } from '$lib/imports/rejected-rows.ts';
import { makeFixedReader } from '$lib/imports/row-fixes.ts';
import type { Vault } from '$lib/vault/types.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { fromSeed } from '../support/seed.ts';

async function mappingOf(file: File): Promise<FileMapping> {
	const look = await inspectFile(file);
	if (look.kind === 'refused') throw new Error(look.problem.message);
	return look.inspection.mapping;
}

async function taken(vault: Vault, file: File) {
	const mapping = await mappingOf(file);
	const result = await importFile(vault, file, mapping);
	if (result.kind !== 'imported') throw new Error(JSON.stringify(result));
	return { ...result, mapping };
}

describe('rejected rows', () => {
	it.each([',', ';'])('go in once corrected, with the original headers (%s)', async (delimiter) => {
		const vault = await openTestVault();
		const rows = [
			'Patient Number;Client;Email;Phone;Status',
			'1;Maya Okafor;maya@example.com;+1 503 555 0101;Inactive',
			'2;;;+1 503 555 0102;Inactive',
			'3;;;=1+1;Active',
		];
		const text = `${rows.join('\n').replaceAll(';', delimiter)}\n`;
		const first = await taken(vault, textFile(text));
		expect(first.counts).toMatchObject({ created: 1, rejected: 2 });
		const download = rejectedFile(first.rejectedRows, first.mapping);
		expect(download.split('\r\n')[0]).toBe(
			`\ufeff${['Patient Number', 'Client', 'Email', 'Phone', 'Status', 'Reason'].map((name) => `"${name}"`).join(delimiter)}`,
		);
		expect(download).toContain(`"'+1 503 555 0102"`);
		expect(download).toContain(`"'=1+1"`);

		const corrected = download.replace('"2"' + delimiter + '""', `"2"${delimiter}"Noah Reyes"`);
		const again = await taken(vault, textFile(corrected));
		expect(again.mapping.header.slice(0, 5)).toEqual(first.mapping.header);
		expect(again.mapping.roles.slice(0, 5)).toEqual(first.mapping.roles);
		expect(again.mapping.roles[5] ?? 'ignore').toBe('ignore');
		expect(again.counts).toMatchObject({ rows: 2, created: 1, rejected: 1 });
		const noah = (await vault.load('clients')).rows('clients').at(-1);
		expect(noah).toMatchObject({ firstName: 'Noah', status: 'inactive', externalId: '2' });
		expect(noah?.phone).not.toContain("'");

		// The reason is not added a second time as a column of the file's own.
		const second = rejectedFile(again.rejectedRows, again.mapping);
		expect(second.match(/"Reason"/g)?.length).toBe(1);
	});

	it('of a file without a header come back under names that are known', async () => {
		const vault = await openTestVault();
		const first = await taken(
			vault,
			textFile('Maya,Okafor,maya@example.com\nNoah,Reyes,noah@example.com\n,"",\n'),
		);
		const rows: RejectedRow[] = [
			{ line: 3, cells: ['Jan', 'Park', 'jan@example.com'], reason: 'x' },
		];
		const again = await mappingOf(textFile(rejectedFile(rows, first.mapping)));
		expect(again.hasHeader).toBe(true);
		expect(again.roles.slice(0, 3)).toEqual(first.mapping.roles);
	});

	it('are written beyond the header where a row is longer', () => {
		const mapping = {
			header: ['Client', 'Email'],
			hasHeader: true,
			roles: ['fullName', 'emailAddress'],
			delimiter: ',',
		} as const;
		const file = rejectedFile([{ line: 2, cells: ['a', 'b', 'c'], reason: 'why' }], {
			...mapping,
			header: [...mapping.header],
			roles: [...mapping.roles],
		});
		expect(file).toBe('\ufeff"Client","Email","","Reason"\r\n"a","b","c","why"\r\n');
	});

	it('a list longer than the limit says how many there are', async () => {
		const vault = await openTestVault();
		const bad = ',,x\n'.repeat(10_050);
		const { counts, rejectedRows } = await taken(
			vault,
			textFile(`Client,Email,Notes\nMaya Okafor,maya@example.com,\n${bad}`),
		);
		expect(counts.rejected).toBe(10_050);
		expect(rejectedRows.length).toBe(10_000);
	});

	it('written and read again are what they were', () => {
		const cell = fc
			.string({ unit: fc.constantFrom(...'ab\'"=+-@;,\t\n ＝\u200b’'), maxLength: 12 })
			.map((text) => text.replace(/^\s+$/u, ''));
		const width = 3;
		const rows = fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
			minLength: 1,
			maxLength: 6,
		});
		fc.assert(
			fc.property(
				rows,
				fc.constantFrom(',', ';'),
				fc.integer({ min: 1, max: 30 }),
				(rows, delimiter, size) => {
					const mapping: FileMapping = {
						source: 'text',
						sheet: '',
						encoding: 'utf-8',
						delimiter,
						newline: '\n',
						dataStart: 1,
						headerLine: 1,
						header: ['A', 'B', 'C', 'Reason'],
						hasHeader: true,
						roles: ['ignore', 'ignore', 'ignore', 'ignore'],
						dateOrder: '',
					};
					const named = { ...mapping, header: ['A', 'B', 'C'] };
					const rejected = rows.map((cells, line) => ({ line, cells, reason: 'why' }));
					const read: string[][] = [];
					const reader = makeFixedReader(
						mapping,
						{ importId: '', now: 0 },
						[],
						(_row, _line, cells) => read.push(cells.slice(0, width)),
					);
					const text = rejectedFile(rejected, named).slice(1);
					for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size));
					reader.end();
					expect(read).toEqual(rows);
				},
			),
			fromSeed(500),
		);
	});
});
