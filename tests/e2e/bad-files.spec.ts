import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePracticeFile } from '../support/practice-file.ts';
import { expect, type Practice, test } from './desk.ts';

const main = (practice: Practice) => practice.page.getByRole('main');

async function expectNobodyAdded(practice: Practice): Promise<void> {
	await practice.goTo('clients');
	await expect(
		main(practice)
			.getByText(/no clients yet/i)
			.first(),
	).toBeVisible();
}

const header = 'Client,Email,Phone number,Status';

const refused: [trouble: string, name: string, content: string | Buffer, words: RegExp][] = [
	['an empty file', 'empty.csv', '', /empty/i],
	[
		'a picture',
		'photo.csv',
		Buffer.from('89504e470d0a1a0a0000000d49484452000000ff', 'hex'),
		/picture|image|not a text|png/i,
	],
	[
		'a thousand columns',
		'wide.csv',
		`${Array.from({ length: 1000 }, (_, i) => `Column ${i}`).join()}\n${'x,'.repeat(999)}x\n`,
		/columns/i,
	],
];

for (const [trouble, name, content, words] of refused)
	test(`${trouble} is refused with a clear message, and nothing is changed`, async ({
		practice,
	}) => {
		await practice.open();
		await practice.chooseFile({ name, content });
		await expect(main(practice).getByText(words).first()).toBeVisible();
		await expect(main(practice).getByRole('button', { name: /^Import( |$)/ })).toBeHidden();
		await expectNobodyAdded(practice);
	});

test('a file without a column of addresses says so before anything is taken in', async ({
	practice,
	page,
}) => {
	await practice.open();
	await practice.chooseFile({
		name: 'names.csv',
		content: 'Client,Phone number\nMaya Okafor,555-0101\nSam Ortiz,555-0102\n',
	});
	await expect(
		main(practice)
			.getByText(/no column.*address/i)
			.first(),
	).toBeVisible();
	await expect(page.getByRole('button', { name: /^Import( |$)/ })).toBeDisabled();
	await expectNobodyAdded(practice);
});

test('a cell of a megabyte rejects its row, and the others go in', async ({ practice }) => {
	await practice.open();
	const counts = await practice.importFile({
		name: 'long.csv',
		content: `${header}\nMaya Okafor,maya@example.com,,Active\n"${'x'.repeat(1_000_000)}",long@example.com,,Active\nSam Ortiz,sam@example.com,,Active\n`,
	});
	expect(counts).toMatchObject({ rows: 3, created: 2, rejected: 1 });
});

test('a file removed while it is read changes nothing', async ({ practice, page }) => {
	const folder = mkdtempSync(join(tmpdir(), 'portico-gone-'));
	const path = join(folder, 'clients.csv');
	writeFileSync(path, makePracticeFile({ rows: 30_000, seed: 41 }));
	try {
		await practice.open();
		await practice.goTo('settings/import-center/import');
		await page.getByLabel('Choose file').setInputFiles(path);
		const start = page.getByRole('button', { name: /^Import( |$)/ });
		await expect(start).toBeEnabled();
		rmSync(path);
		await start.click();
		await expect(
			main(practice)
				.getByText(/moved|removed|could not be read|no longer|changed/i)
				.first(),
		).toBeVisible();
		await expectNobodyAdded(practice);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});

test('a file of 300 MB is read as a stream, and cancelled it leaves nothing', async ({
	practice,
	page,
}) => {
	const folder = mkdtempSync(join(tmpdir(), 'portico-large-'));
	const path = join(folder, 'large.csv');
	const file = openSync(path, 'w');
	writeSync(file, `${header}\n`);
	for (let block = 0, row = 0; block < 300; block++) {
		const lines: string[] = [];
		for (let size = 0; size < 1_000_000; row++) {
			const line = `Client Number${row},client${row}@example.com,"a note of some length, in quotes, that fills the file",Active\n`;
			size += line.length;
			lines.push(line);
		}
		writeSync(file, lines.join(''));
	}
	closeSync(file);
	try {
		await practice.open();
		await practice.goTo('settings/import-center/import');
		await page.getByLabel('Choose file').setInputFiles(path);
		await page.getByRole('button', { name: /^Import( |$)/ }).click();
		await expect(page.getByRole('progressbar')).toBeVisible();
		await page.getByRole('button', { name: 'Cancel', exact: true }).click();
		await expect(
			main(practice)
				.getByText(/cancelled/i)
				.first(),
		).toBeVisible();
		await expectNobodyAdded(practice);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
