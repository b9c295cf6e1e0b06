import { makePracticeFile } from '../support/practice-file.ts';
import { expect, test } from './desk.ts';

test.use({ serviceWorkers: 'allow' });

const removed = /storage was removed from this browser/;

test('the database is deleted under an open tab: the tab says so, writes nothing into a new one, and the reload does not look like a first visit', async ({
	practice,
	page,
}) => {
	await practice.open();
	await practice.fillInPractice();
	await practice.importFile({
		name: 'clients.csv',
		content: makePracticeFile({ rows: 20, seed: 9, isPlain: true }),
	});
	await practice.goTo('settings/practice');
	await expect(page.getByLabel('Practice name')).toHaveValue('Harbor Practice');
	await page.evaluate(
		() =>
			new Promise((resolve, reject) => {
				const request = indexedDB.deleteDatabase('portico');
				request.onsuccess = resolve;
				request.onerror = reject;
			}),
	);
	await expect(page.getByRole('alert').filter({ hasText: removed })).toBeVisible();
	await page.getByLabel('Practice name').fill('Vale Practice');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByRole('form').or(page.locator('form')).getByText(removed)).toBeVisible();
	expect(
		await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)),
	).not.toContain('portico');
	await page.getByRole('button', { name: 'Reload', exact: true }).first().click();
	await expect(page.getByText('The clients that were on this device are gone')).toBeVisible();
});

test("'clear site data' under an open tab: the tab says so", async ({
	practice,
	page,
	context,
}) => {
	await practice.open();
	await practice.fillInPractice();
	const session = await context.newCDPSession(page);
	await session.send('Storage.clearDataForOrigin', {
		origin: new URL(practice.url).origin,
		storageTypes: 'all',
	});
	await expect(page.getByRole('alert').filter({ hasText: removed })).toBeVisible();
	await page.getByRole('button', { name: 'Reload', exact: true }).first().click();
	await expect(page.getByText('The clients that were on this device are gone')).toBeVisible();
});

test('an old tab that holds an older form of the database: the new one says to close it, and goes on by itself', async ({
	practice,
	page,
	context,
}) => {
	const old = await context.newPage();
	await old.goto(`${practice.url}/mailbox`);
	await old.evaluate(
		() =>
			new Promise((resolve, reject) => {
				const request = indexedDB.open('portico', 5);
				request.onerror = reject;
				request.onsuccess = () => {
					Object.assign(window, { held: request.result });
					resolve(undefined);
				};
			}),
	);
	await page.goto(practice.url);
	const held = page.getByText('Close the other tabs of Portico');
	await expect(held).toBeVisible();
	await old.close();
	await expect(page.getByRole('link', { name: 'Import clients' })).toBeVisible();
	await expect(held).toBeHidden();
});

test('the browser closes the connection to the database by force: the tab goes on with what is there, and hears of other tabs', async ({
	practice,
	page,
	context,
}) => {
	await practice.open();
	await practice.fillInPractice();
	await page.evaluate(
		() =>
			new Promise((resolve) => {
				const request = indexedDB.open('portico');
				request.onsuccess = () => {
					request.result.onclose = () => (document.title = 'closed');
					resolve(undefined);
				};
			}),
	);
	const browser = await context.newPage();
	await browser.goto('chrome://chrome-urls');
	await browser.getByRole('button', { name: /^Enable/ }).click();
	await browser.goto('chrome://indexeddb-internals');
	await browser.getByText('Force close').click();
	await expect(page).toHaveTitle('closed');

	await page.getByLabel('Practice name').fill('Vale Practice');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText('The practice details are saved.').last()).toBeVisible();
	await expect(page.getByText(removed)).toBeHidden();
	const other = await practice.inNewTab(context);
	await other.goTo('settings/practice');
	const theirs = other.page.getByLabel('Practice name');
	await expect(theirs).toHaveValue('Vale Practice');
	await theirs.fill('Dale Practice');
	await other.page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByLabel('Practice name')).toHaveValue('Dale Practice');
});
