import { detectEncoding, readText, WrongEncoding } from '$lib/imports/decode.ts';
import { inspectFile } from '$lib/imports/inspect-file.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixtureFile, textFile } from '../support/fixture-file.ts';
import { encode } from '../support/written-table.ts';

async function inspected(name: string) {
	const result = await inspectFile(fixtureFile(name));
	if (result.kind === 'refused') throw new Error(result.problem.message);
	return result.inspection;
}

describe('a file is decoded by what its bytes are', () => {
	it.each([
		['bom.csv', 'utf-8'],
		['utf-16-le.csv', 'utf-16le'],
		['utf-16-be.csv', 'utf-16be'],
		['utf-16-without-bom.csv', 'utf-16le'],
		['windows-1252.csv', 'windows-1252'],
		['mac-roman.csv', 'macintosh'],
	])('%s', async (name, encoding) => {
		const { mapping, preview } = await inspected(name);
		expect(mapping.encoding).toBe(encoding);
		expect(mapping.roles).toEqual(['firstName', 'lastName', 'emailAddress']);
		expect(preview.map(({ cells }) => cells[0]?.trim()).slice(0, 2)).toEqual(['Chloé', 'Søren']);
	});

	it.each([
		['utf-16le', 'Client,Email,City\nעדה לוי,ada@example.com,עדהעדהעדה\n'],
		['utf-16be', 'Client,Email,City\nעדה לוי,ada@example.com,עדהעדהעדה\n'],
		['utf-16le', 'Имя;Почта;Город\nАнна Петрова;anna@example.com;Новосибирск\n'],
		['utf-16be', 'Όνομα;Email;Πόλη\nΆννα Παππά;anna@example.com;Θεσσαλονίκη\n'],
	] as const)('%s without a mark, of another script', (encoding, text) => {
		expect(detectEncoding(encode(text, encoding), true)).toBe(encoding);
	});

	it('keeps every character, wherever the bytes are cut', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.string({ unit: 'binary', minLength: 1 }),
				fc.integer({ min: 1, max: 7 }),
				async (written, size) => {
					const text = `x${Buffer.from(written).toString()}`;
					let read = '';
					for await (const piece of readText(textFile(text), 'utf-8', undefined, size))
						read += piece;
					expect(read).toBe(text);
				},
			),
		);
	});

	it('never puts a replacement character in silence', async () => {
		const bytes = new Uint8Array([...Buffer.from('name\nZo'), 0xeb, 0x0a]);
		expect(detectEncoding(bytes, true)).toBe('windows-1252');
		const reading = async () => {
			for await (const piece of readText(textFile(bytes), 'utf-8')) void piece;
		};
		await expect(reading()).rejects.toBeInstanceOf(WrongEncoding);
	});
});

describe('what is no table of clients is refused in plain words', () => {
	it.each([
		['empty.csv', 'empty', /is empty/],
		['workbook.csv', 'binary', /Excel workbook/],
	])('%s', async (name, kind, message) => {
		const result = await inspectFile(fixtureFile(name));
		expect(result).toMatchObject({ kind: 'refused', problem: { kind } });
		expect(result.kind === 'refused' && result.problem.message).toMatch(message);
	});

	it.each([
		['zeros', new Uint8Array(5_000), 'binary'],
		['a PDF', '%PDF-1.7 …', 'binary'],
		['a web page', '<!DOCTYPE html><table>', 'binary'],
		['blank lines', '\n \n\n', 'empty'],
		[
			'a thousand columns',
			`${Array.from({ length: 1_000 }, (_, at) => `c${at}`).join(',')}\n`,
			'too-many-columns',
		],
		['a first row over a megabyte', `${'x'.repeat(1_200_000)}\n`, 'row-too-long'],
	])('%s', async (_, content, kind) => {
		const result = await inspectFile(textFile(content as string));
		expect(result).toMatchObject({ kind: 'refused', problem: { kind } });
	});

	it('a file that is removed before it is read', async () => {
		const file = textFile('Client,Email\n');
		const gone = Object.assign(Object.create(file) as File, {
			slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotFoundError')) }),
		});
		Object.defineProperty(gone, 'size', { value: 10 });
		const result = await inspectFile(gone);
		expect(result).toMatchObject({ kind: 'refused', problem: { kind: 'file-gone' } });
	});
});

describe('a file with one trouble is understood', () => {
	it.each([
		['sep-hint.csv', 2, 2],
		['semicolons.csv', 1, 2],
		['tabs.csv', 1, 2],
		['summary-line.csv', 1, 2],
		['title-rows.csv', 4, 1],
		['duplicate-columns.csv', 1, 1],
		['proto-columns.csv', 1, 1],
		['no-header.csv', 0, 2],
		['junk-after-quote.csv', 1, 4],
		['unclosed-quote.csv', 1, 4],
	])('%s', async (name, dataStart, rows) => {
		const { mapping, preview } = await inspected(name);
		expect(mapping.dataStart).toBe(dataStart);
		expect(preview.length).toBe(rows);
		expect(mapping.roles).toContain('emailAddress');
		const last = preview.at(-1)?.row;
		expect(last?.outcome === 'client' && last.client.emailAddress).toMatch(/@example\.com$/);
	});

	it('column names such as __proto__ are names like any other', async () => {
		const { mapping, samples } = await inspected('proto-columns.csv');
		expect(mapping.header.slice(0, 3)).toEqual(['__proto__', 'constructor', 'toString']);
		expect(samples[0]).toEqual(['polluted']);
		expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
	});

	it('no column of addresses waits for an answer', async () => {
		const { findings } = await inspected('no-address-column.csv');
		expect(findings).toMatchObject([{ kind: 'no-address-column', needsAnswer: true }]);
	});

	it('dates that may be either are asked for, not guessed', async () => {
		const open = await inspected('ambiguous-dates.csv');
		expect(open.findings).toMatchObject([{ kind: 'date-order', needsAnswer: false }]);
		expect(open.problems.length).toBe(2);
		const chosen = await inspectFile(fixtureFile('ambiguous-dates.csv'), {
			dateOrder: 'day-first',
		});
		const row = chosen.kind === 'inspected' ? chosen.inspection.preview[0]?.row : undefined;
		expect(row).toMatchObject({ client: { dateOfBirth: '1989-08-05' }, problems: [] });
	});
});
