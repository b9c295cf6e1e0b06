import { lookAt } from './axe.ts';
import { expect, test } from './desk.ts';
import { tabTo } from './keys.ts';

const clients =
	'Client,Email,DOB\nMaya Okafor,maya@example.com,1984-03-09\nSam Ortiz,sam@example.com,1990-01-02\nNoor Haddad,noor@example.com,1979-07-21\n';
const later =
	'Client,Email,DOB,Login,Email Status\nMaya Okafor,maya@example.com,1984-03-09,mokafor,OK\nSam Ortiz,sam@example.com,1990-01-02,sortiz,Bounced\nNoor Haddad,noor@example.com,1979-07-21,,OK\nAnn New,ann@example.com,1970-01-01,anew,OK\n';

test('the keyboard alone updates the portal status from a file, and undoes it', async ({
	practice,
	page,
}) => {
	// Asked for early: the browser has to know that its own window is not wanted.
	const chooser = page.waitForEvent('filechooser', { timeout: 0 });
	await practice.open();
	await practice.importFile({ name: 'clients.csv', content: clients });
	const report = page.getByText('3 people, 3 inboxes');
	await practice.goTo('report');
	await expect(report).toBeVisible();

	await practice.goTo('settings/import-center');
	await expect(page.getByRole('heading', { name: 'Imports so far' })).toBeVisible();
	await tabTo(page, /^Update portal status from a file$/);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Update portal status from a file',
	);
	await tabTo(page, /^Choose file$/);
	await page.keyboard.press('Enter');
	await (
		await chooser
	).setFiles({
		name: 'portal.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(later),
	});
	await expect(page.getByText('The file says something new of 2 clients.')).toBeVisible();
	await expect(page.getByText(/Not here: rows that match none/)).toBeVisible();
	await lookAt(page, 'what the file says');

	await tabTo(page, /^Maya Okafor has joined the portal$/);
	await page.keyboard.press('ArrowDown');
	await expect(page.getByRole('checkbox', { name: /^Sam Ortiz/ })).toBeFocused();
	await page.keyboard.press('Space');
	await expect(page.getByRole('button', { name: 'Update 1 client', exact: true })).toBeVisible();
	await page.keyboard.press('Space');
	await tabTo(page, /^Update 2 clients$/);
	await page.keyboard.press('Enter');
	await expect(
		page
			.getByText('2 clients were updated, 1 row says nothing new, 1 row matches nobody here.')
			.first(),
	).toBeVisible();
	await lookAt(page, 'the result');
	await practice.goTo('report');
	await expect(page.getByText('1 person, 1 inbox')).toBeVisible();

	await practice.goTo('settings/import-center');
	await expect(page.getByText(/Portal status\. 2 clients were updated/)).toBeVisible();
	await tabTo(page, /^Undo update$/);
	await page.keyboard.press('Enter');
	const dialog = page.getByRole('dialog', { name: 'Undo this update?' });
	await expect(dialog.getByText('2 clients go back.')).toBeVisible();
	await lookAt(page, 'Undo this update?');
	await tabTo(page, /^Undo update$/);
	await page.keyboard.press('Enter');
	await expect(dialog).toBeHidden();
	await expect(page.getByText(/Undone on .* 2 clients went back\./)).toBeVisible();
	await expect(page.getByRole('heading', { name: 'Imports so far' })).toBeFocused();
	await practice.goTo('report');
	await expect(report).toBeVisible();
	await practice.goTo('');
	await expect(page.getByText('An update of the portal status was undone')).toBeVisible();
});

test('two imports are undone older first, and nobody is left behind', async ({
	practice,
	page,
}) => {
	await practice.open();
	await practice.importFile({ name: 'first.csv', content: clients });
	await practice.importFile({
		name: 'second.csv',
		content: 'Client,Email,DOB,Phone\nMaya Okafor,maya@example.com,1984-03-09,503 555 0101\n',
	});
	await practice.goTo('settings/import-center');
	const undo = async (file: string, words: string) => {
		const row = page.getByRole('main').getByRole('listitem').filter({ hasText: file });
		await row.getByRole('button', { name: 'Undo import' }).click();
		const dialog = page.getByRole('dialog');
		await expect(dialog.getByText(words)).toBeVisible();
		await dialog.getByRole('button', { name: 'Undo import' }).click();
		await expect(dialog).toBeHidden();
	};
	await undo(
		'first.csv',
		'2 of 3 clients will be removed, 1 stays for a later import that changed them.',
	);
	await practice.goTo('clients');
	await expect(page.getByText('Maya Okafor').first()).toBeVisible();
	await practice.goTo('settings/import-center');
	await undo('second.csv', '1 update goes back.');
	await expect(page.getByText('All 3 clients were removed.')).toBeVisible();
	await practice.goTo('clients');
	await expect(page.getByText('Maya Okafor')).toHaveCount(0);
});
