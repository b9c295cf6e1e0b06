import { makeWorkbook } from '../support/workbook.ts';
import { lookAt } from './axe.ts';
import { expect, type Practice, test } from './desk.ts';

const workbook = () =>
	Buffer.from(
		makeWorkbook([
			{
				name: 'Clients',
				rows: [
					['Client list of Harbor Practice'],
					[null],
					['Name', 'E-mail address', 'Date of birth'],
					['Maya Okafor', 'maya@example.com', { day: 32_745 }],
					['Sam Ortiz', 'sam at example.com', { day: 33_000 }],
				],
			},
			{
				name: 'Archived',
				rows: [
					['First name', 'Last name', 'Email'],
					['Ola', 'Berg', 'ola@example.com'],
				],
			},
		]),
	);

const card = (...lines: string[]) =>
	['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n');
const cards = [
	card('FN:Maya Okafor', 'N:Okafor;Maya;;;', 'EMAIL:maya@example.com', 'BDAY:1989-08-25'),
	card('FN:Sam Ortiz', 'N:Ortiz;Sam;;;', 'EMAIL:sam(at)example.com'),
].join('');

async function expectClients(practice: Practice, ...names: string[]): Promise<void> {
	await practice.goTo('clients');
	for (const name of names) await expect(practice.page.getByText(name).first()).toBeVisible();
}

test('an Excel workbook: its sheets, its header and its rows are read, shown and taken in', async ({
	practice,
	page,
}) => {
	await practice.open();
	await practice.chooseFile({ name: 'clients.xlsx', content: workbook() });
	await expect(page.getByText(/Excel workbook, sheet “Clients”/)).toBeVisible();
	await expect(page.getByText(/names of the columns are in row 3/)).toBeVisible();
	await expect(page.getByLabel('Header row')).toHaveValue('3');
	await page.getByRole('tab', { name: /^Problems/ }).click();
	const cell = page.getByRole('button', { name: /^Edit E-mail address in row 5/ });
	await expect(cell).toHaveText('sam at example.com');

	// Another sheet is another table, and back again.
	await page.getByLabel('Sheet').selectOption('Archived');
	await expect(page.getByText('No problem').or(page.getByText('Nothing is wrong'))).toBeVisible();
	await page.getByRole('tab', { name: /^New/ }).click();
	await expect(page.getByRole('list', { name: 'New clients' })).toContainText('Ola Berg');
	await page.getByLabel('Sheet').selectOption('Clients');
	await expect(page.getByRole('list', { name: 'New clients' })).toContainText('Row 4');

	await page.getByRole('button', { name: /^Import( |$)/ }).click();
	expect(await practice.importCounts()).toMatchObject({ rows: 2, created: 2 });
	await expectClients(practice, 'Maya Okafor', 'Sam Ortiz');
});

test('a header row chosen by hand is used at once, and the rows above it are passed over', async ({
	practice,
	page,
}) => {
	await practice.open();
	await practice.chooseFile({
		name: 'odd.csv',
		content: 'Alpha,Beta\nWho,Where\nMaya Okafor,maya@example.com\n',
	});
	await page.getByText('How the file was read').click();
	await page.getByLabel('Header row').selectOption('Line 2: Who, Where');
	await expect(page.getByText('The names of the columns are in line 2.')).toBeVisible();
	const rows = page.getByRole('region', { name: 'The first rows as they are read' });
	await expect(rows.getByRole('columnheader')).toHaveText(['Line', 'Who', 'Where']);
	await page.getByLabel('Header row').selectOption('None: the first row is a client');
	await expect(rows.getByRole('columnheader')).toHaveText(['Line', 'Column 1', 'Column 2']);
});

test('an address book: each card is a client, counted as a card', async ({ practice, page }) => {
	await practice.open();
	await practice.chooseFile({ name: 'contacts.vcf', content: cards });
	await expect(page.getByText('Address book (vCard), a card a client.')).toBeVisible();
	await page.getByRole('tab', { name: /^Problems/ }).click();
	const cell = page.getByRole('button', { name: /^Edit Email in card 2/ });
	await cell.click();
	await page.keyboard.type('sam@example.com');
	await page.keyboard.press('Enter');
	await expect(page.getByText('Nothing is wrong with this file.')).toBeVisible();
	await page.getByRole('button', { name: /^Import( |$)/ }).click();
	expect(await practice.importCounts()).toMatchObject({ rows: 2, created: 2 });
	await expectClients(practice, 'Maya Okafor', 'Sam Ortiz');
});

test('a broken workbook says so, and another file can be chosen at once', async ({
	practice,
	page,
}) => {
	await practice.open();
	await practice.chooseFile({ name: 'broken.xlsx', content: workbook().subarray(0, 700) });
	await expect(page.getByText(/it is damaged. Nothing was changed/)).toBeVisible();
	await page.getByLabel('Choose file').setInputFiles({
		name: 'clients.xlsx',
		mimeType: '',
		buffer: workbook(),
	});
	await expect(page.getByText(/it is damaged/)).toBeHidden();
	await expect(page.getByRole('tab', { name: /^New\s*2$/ })).toBeVisible();
});

for (const [colorScheme, width] of [
	['light', 320],
	['dark', 1280],
] as const)
	test(`axe finds nothing in the reading and the review of a messy file, ${colorScheme}, ${width} px wide`, async ({
		practice,
		page,
	}) => {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await page.setViewportSize({ width, height: 800 });
		await practice.open();
		const look = (what: string) => lookAt(page, what);
		await practice.importFile({
			name: 'known.csv',
			content: 'Client,Email\nMaya Okafor,maya@example.com\nLena Hart,lena@example.com\n',
		});
		await practice.chooseFile({
			name: 'messy.csv',
			content:
				'Client,Email,DOB\nMaya Okafor,maya@example.com,05/08/1989\nLena Hart,hart@example.com,\nAmara Silva,amara at example.com,\nTom & Ida Berg,,\nShort Row\n,,x\nMaya Okafor,maya@example.com,\n',
		});
		await page.getByText('How the file was read').click();
		await expect(page.getByText(/not clear which number of a date is the month/)).toBeVisible();
		await expect(page.getByRole('tab', { name: /^Problems\s*\d/ })).toBeVisible();
		await look('new');
		for (const tab of [/^Changed/, /^Unchanged/, /^Problems/]) {
			await page.getByRole('tab', { name: tab }).click();
			await look(String(tab));
		}
		await page.getByRole('button', { name: /^Edit Email in line 4/ }).click();
		await look('a cell being edited');
		await page.keyboard.type('amara@example.com');
		await page.keyboard.press('Enter');
		await expect(page.getByText('Mended here: 1')).toBeVisible();
		await look('mended');
		await page.getByRole('button', { name: /^Import( |$)/ }).click();
		await practice.importCounts();
		await page.getByText(/^\d+ problems in this file$/).click();
		await look('result');
		await page.getByRole('button', { name: 'Undo import' }).click();
		const undo = page.getByRole('dialog', { name: 'Undo this import?' });
		await expect(undo.getByText(/clients will be removed/)).toBeVisible();
		await look('what an undo would do');
		await undo.getByRole('button', { name: 'Undo import' }).click();
		await expect(page.getByText(/clients were removed/).first()).toBeVisible();
		await look('undone');
	});
