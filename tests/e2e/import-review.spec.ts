import { readFileSync } from 'node:fs';
import { expect, test } from './desk.ts';

const known =
	'Client,Email,DOB,Professional\nMaya Okafor,maya@example.com,1989-08-25,\nNoah Reyes,noah@example.com,1990-01-31,Dr. Lee\n';
const later =
	'Client,Email,DOB,Professional\nMaya Okafor,maya@home.example,1989-08-25,Dr. Park\nNoah Reyes,noah@example.com,1990-01-31,\nAmara Silva,amara at example.com,,\nTom Lee,tom at example.com,,\n,,,=1+1\n';

test('the review shows what would change, takes policies and mends a cell by keyboard', async ({
	practice,
	page,
}) => {
	await practice.open();
	await practice.importFile({ name: 'clients.csv', content: known });
	await expect(page).toHaveTitle(/^✓ 2 clients imported/);
	await practice.chooseFile({ name: 'later.csv', content: later });

	await page.getByRole('tab', { name: 'Changed 1', exact: true }).click();
	const changed = page.getByRole('list', { name: 'Clients who are here already' });
	await expect(changed).toContainText('Same name and date of birth');
	await expect(changed).toContainText(/becomes\s*maya@home\.example/);
	await page.getByLabel('When a client is here already').selectOption('Fill blanks only');
	await expect(changed).not.toContainText(/becomes\s*maya@home\.example/);
	await changed.getByRole('combobox').first().selectOption('Skip');
	await expect(page.getByRole('tab', { name: 'Changed 0', exact: true })).toBeVisible();

	await page.getByRole('tab', { name: /^Problems/ }).click();
	await page.getByRole('button', { name: /^Edit Email in line 4/ }).focus();
	await page.keyboard.press('Enter');
	await page.keyboard.type('amara@example.com');
	await page.keyboard.press('Enter');
	await expect(page.getByText('Mended here: 1')).toBeVisible();
	const next = page.getByRole('button', { name: /^Edit Email in line 5/ });
	await expect(next).toBeFocused();
	await page.keyboard.press('Enter');
	await page.keyboard.type('something else');
	await page.keyboard.press('Escape');
	await expect(next).toBeFocused();
	await expect(next).toHaveText('tom at example.com');

	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Download rejected rows' }).click();
	const file = await download;
	expect(file.suggestedFilename()).toBe('later, rejected rows.csv');
	expect(readFileSync(await file.path(), 'utf8')).toContain(`"'=1+1"`);

	await page.getByRole('button', { name: /^Import( |$)/ }).click();
	expect(await practice.importCounts()).toMatchObject({
		created: 2,
		updated: 0,
		unchanged: 1,
		skipped: 1,
		rejected: 1,
	});
});
