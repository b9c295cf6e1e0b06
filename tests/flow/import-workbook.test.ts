import type { Client } from '$lib/domain/client.ts';
import { importFile } from '$lib/imports/import-file.ts';
import { inspectFile } from '$lib/imports/inspect-file.ts';
import type { MappingChoices } from '$lib/imports/mapping.ts';
import { describe, expect, it } from 'vitest';
import { textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { makeArchive, makeWorkbook, type WorkbookCell } from '../support/workbook.ts';

const header = ['First Name', 'Last Name', 'Email', 'Birth Date', 'Patient Number', 'Notes'];
const rows: WorkbookCell[][] = [
	header,
	['Maya', 'Okafor', 'maya@example.com', { day: 32994 }, 5035550101, 'Prefers\nmornings, "early"'],
	['Zoë', 'Müller', 'zoe@example.com', null, 7, null],
	[],
	['Noah', null, 'noah@example.com', '1989-08-05', null, ''],
];
const workbook = (sheets = [{ name: 'Clients', rows }]) => makeWorkbook(sheets);

async function inspected(file: File, choices: MappingChoices = {}) {
	const result = await inspectFile(file, choices);
	if (result.kind === 'refused') throw new Error(result.problem.message);
	return result.inspection;
}

async function refusal(content: string | Uint8Array): Promise<string> {
	const result = await inspectFile(textFile(content, 'clients.xlsx'));
	if (result.kind !== 'refused') throw new Error('was read');
	return result.problem.message;
}

describe('an Excel workbook', () => {
	it('goes in as a CSV file does: dates as days, every digit of a number', async () => {
		const file = textFile(workbook(), 'clients.xlsx');
		const { mapping, reading, preview } = await inspected(file);
		expect(mapping).toMatchObject({ source: 'workbook', sheet: 'Clients', header, headerLine: 1 });
		expect(reading).toMatchObject({ source: 'workbook', sheets: ['Clients'], sheet: 'Clients' });
		expect(preview.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
		const vault = await openTestVault();
		const result = await importFile(vault, file, mapping);
		expect(result).toMatchObject({ counts: { rows: 4, created: 3, skipped: 1, rejected: 0 } });
		const clients: readonly Client[] = (await vault.load('clients')).rows('clients');
		expect(clients).toMatchObject([
			{ firstName: 'Maya', dateOfBirth: '1990-05-01', externalId: '5035550101' },
			{ firstName: 'Zoë', lastName: 'Müller', externalId: '7', dateOfBirth: '' },
			{ firstName: 'Noah', emailAddress: 'noah@example.com', dateOfBirth: '1989-08-05' },
		]);
	});

	it('with several sheets: the first is read, another can be chosen', async () => {
		const file = textFile(
			workbook([
				{
					name: 'Summary',
					rows: [
						['Clients', 'Email'],
						[230, ''],
					],
				},
				{ name: 'All & sundry', rows },
			]),
			'clients.xlsx',
		);
		const first = await inspected(file);
		expect(first.reading.sheets).toEqual(['Summary', 'All & sundry']);
		expect(first.mapping.sheet).toBe('Summary');
		const second = await inspected(file, { sheet: 'All & sundry' });
		expect(second.mapping).toMatchObject({ sheet: 'All & sundry', header });
		const result = await importFile(await openTestVault(), file, second.mapping);
		expect(result).toMatchObject({ counts: { created: 3 } });
	});

	it('of ten thousand rows is read without a worker or the network', async () => {
		const many = Array.from({ length: 10_000 }, (_, at) => [
			'Maya',
			`Okafor ${at}`,
			`m${at}@example.com`,
		]);
		const file = textFile(
			workbook([{ name: 'Clients', rows: [header.slice(0, 3), ...many] }]),
			'clients.xlsx',
		);
		const { Worker: was } = globalThis;
		Reflect.deleteProperty(globalThis, 'Worker');
		try {
			const { mapping } = await inspected(file);
			const result = await importFile(await openTestVault(), file, mapping);
			expect(result).toMatchObject({ counts: { rows: 10_000, created: 10_000 } });
		} finally {
			if (was) globalThis.Worker = was;
		}
	});

	it('that is damaged, locked or too large is refused in plain words', async () => {
		const bytes = workbook();
		expect(await refusal(bytes.slice(0, bytes.length - 300))).toMatch(/damaged/);
		const torn = bytes.slice();
		torn.fill(0xff, 40, 200);
		expect(await refusal(torn)).toMatch(/damaged/);
		expect(await refusal(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]))).toMatch(
			/old Excel workbook \(\.xls\).*password.*\.xlsx/,
		);
		const large = makeArchive([['xl/workbook.xml', '']], 51 * 2 ** 20);
		const result = await inspectFile(textFile(large));
		expect(result).toMatchObject({ kind: 'refused', problem: { kind: 'too-large' } });
	});

	it('that unpacks without end is refused, not held', async () => {
		const bomb = makeArchive([
			['xl/workbook.xml', ''],
			...Array.from({ length: 5 }, (_, at): [string, string] => [
				`xl/worksheets/sheet${at}.xml`,
				' '.repeat(90_000_000),
			]),
		]);
		expect(bomb.length).toBeLessThan(1_000_000);
		expect(await refusal(bomb)).toMatch(/unpacks to more/);
	});
});

describe('other files that people take for a table are named', () => {
	it.each([
		['Numbers', makeArchive([['Index/Document.iwa', '']]), /Numbers.*Export To, CSV/],
		['OpenDocument', makeArchive([['content.xml', '']]), /OpenDocument.*\.xlsx/],
		['Word', makeArchive([['word/document.xml', '']]), /Word document/],
		['a binary workbook', makeArchive([['xl/workbook.bin', '']]), /\.xlsb.*\.xlsx/],
		['an archive', makeArchive([['clients.csv', 'Client,Email']]), /ZIP archive.*Unpack it/],
		['a PDF', '%PDF-1.7 …', /PDF document.*CSV/],
	])('%s', async (_, content, words) => {
		expect(await refusal(content)).toMatch(words);
	});
});
