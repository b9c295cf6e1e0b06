import type { Page } from '@playwright/test';
import { expect, test } from './desk.ts';
import { tabTo } from './keys.ts';

const content =
	'Client,Email\n' +
	'Maya Okafor,maya@example.com\n' +
	'Sam Ortiz,sam@example.com\n' +
	'Noor Haddad,noor@example.com\n' +
	'Lena Weiss,\n';

const press = async (page: Page, ...keys: string[]) => {
	for (const key of keys) await page.keyboard.press(key);
};

/** Selects these clients in the list with Space. */
async function select(page: Page, ...names: string[]): Promise<void> {
	for (const name of names) {
		await page.getByRole('grid').getByRole('checkbox', { name }).focus();
		await press(page, 'Space');
	}
	await expect(page.getByText(`${names.length} selected`)).toBeVisible();
}

test('many clients are edited in one go by keyboard, after a look at what changes, and undone', async ({
	practice,
	page,
}) => {
	await practice.open();
	await practice.importFile({ name: 'clients.csv', content });
	await practice.goTo('clients');
	await select(page, 'Maya Okafor', 'Noor Haddad', 'Lena Weiss');
	await tabTo(page, /^Bulk Options$/);
	await press(page, 'Enter');

	const dialog = page.getByRole('dialog', { name: 'Bulk Options' });
	await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
	await expect(dialog.getByText('Choose what is to change first.')).toBeVisible();
	await tabTo(page, /^Status$/);
	await page.keyboard.type('Archived');
	await expect(dialog.getByText('Active → Archived, 3 clients')).toBeVisible();
	await tabTo(page, /^Add tags$/);
	await page.keyboard.type('evening');
	await expect(dialog.getByText('evening, 3 clients')).toBeVisible();
	await tabTo(page, /^Save$/);
	await press(page, 'Enter');
	await expect(dialog).toBeHidden();
	await expect(page.getByText('3 clients changed.')).toBeVisible();
	const archived = page.getByRole('grid').getByRole('row').filter({ hasText: 'Archived' });
	await expect(archived).toHaveCount(3);

	// What is so already is said, and can't be saved.
	await page.getByRole('button', { name: 'Bulk Options' }).press('Enter');
	await tabTo(page, /^Status$/);
	await page.keyboard.type('Archived');
	await expect(dialog.getByText('3 clients have it already')).toBeVisible();
	await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
	await press(page, 'Escape');
	await expect(dialog).toBeHidden();

	await page.getByRole('button', { name: 'Undo' }).press('Enter');
	await expect(page.getByText('It is as it was before.')).toBeVisible();
	await expect(archived).toHaveCount(0);

	// Deletion asks first, and can be undone as well.
	await page.getByRole('button', { name: 'Delete', exact: true }).press('Enter');
	// It takes the focus a moment after it opened, from wherever Tab has brought it by then.
	await expect(page.getByRole('alertdialog', { name: 'Delete 3 clients?' })).toBeFocused();
	await tabTo(page, /^Delete 3 clients$/);
	await press(page, 'Enter');
	await expect(page.getByText('3 clients deleted.')).toBeVisible();
	await expect(page.getByRole('grid').getByRole('link', { name: 'Lena Weiss' })).toBeHidden();
	await page.getByRole('button', { name: 'Undo' }).last().press('Enter');
	await expect(page.getByRole('grid').getByRole('link', { name: 'Lena Weiss' })).toBeVisible();
});

test('clients become contacts of another one by keyboard, and one is converted back', async ({
	practice,
	page,
}) => {
	await practice.open();
	await practice.importFile({ name: 'clients.csv', content });
	await practice.goTo('clients');
	await select(page, 'Sam Ortiz', 'Noor Haddad');
	await tabTo(page, /^Convert to contact/);
	await press(page, 'Enter');
	const dialog = page.getByRole('dialog', { name: 'Convert to contact card of another client' });
	await expect(dialog.getByText('Convert 2 clients')).toBeVisible();
	await tabTo(page, /^Whose contact$/);
	await page.keyboard.type('maya');
	await expect(page.getByRole('option', { name: /Maya Okafor/ })).toBeVisible();
	await press(page, 'ArrowDown', 'Enter');
	await expect(dialog.getByLabel('Whose contact')).toHaveValue('Maya Okafor');
	await tabTo(page, /^Convert$/);
	await press(page, 'Enter');
	await expect(page.getByText('2 clients turned into contacts.')).toBeVisible();
	await expect(page.getByRole('heading', { name: 'Clients', level: 1 })).toBeFocused();
	await expect(page.getByRole('grid').getByRole('checkbox', { name: 'Sam Ortiz' })).toBeHidden();

	await page.getByRole('link', { name: 'Maya Okafor' }).press('Enter');
	await page
		.getByRole('link', { name: /^Contacts/ })
		.or(page.getByRole('tab', { name: /^Contacts/ }))
		.press('Enter');
	const card = page.getByRole('listitem').filter({ hasText: 'sam@example.com' });
	await card.getByRole('button', { name: /^Convert back/ }).press('Enter');
	await expect(page.getByText('The profile is back among the clients.')).toBeVisible();

	// What was done to the other one is told from her card; she comes back from there as well.
	await page.getByRole('link', { name: 'History of Noor Haddad' }).press('Enter');
	await expect(page.getByText('Came with an import')).toBeVisible();
	await page.getByRole('button', { name: 'Convert back' }).press('Enter');
	await expect(
		page
			.getByRole('tab', { name: 'Contact Info' })
			.or(page.getByRole('link', { name: 'Contact Info' }))
			.first(),
	).toBeVisible();
	await practice.goTo('clients');
	await expect(page.getByRole('link', { name: 'Sam Ortiz' })).toBeVisible();
	await expect(page.getByRole('link', { name: 'Noor Haddad' })).toBeVisible();
});

test.describe('with a mail server', () => {
	test.use({ hasSmtp: true });

	test("'Invite to portal' shows just these and writes to nobody else", async ({
		practice,
		page,
		desk,
	}) => {
		await practice.open();
		await practice.fillInPractice();
		await practice.importFile({ name: 'clients.csv', content });
		await practice.goTo('clients');
		await select(page, 'Maya Okafor', 'Noor Haddad', 'Lena Weiss');
		await tabTo(page, /^Invite to portal$/);
		await press(page, 'Enter');
		const strip = page.getByRole('region', { name: 'Chosen clients' });
		await expect(strip.getByText('Showing 3 clients whom you chose in Clients')).toBeVisible();
		await expect(strip.getByText('1 of them is left out.')).toBeVisible();
		await expect(page.getByText('2 people, 2 inboxes')).toBeVisible();
		await expect(page.getByRole('checkbox', { name: 'Sam Ortiz' })).toHaveCount(0);

		await page.reload();
		await expect(page.getByText('2 people, 2 inboxes')).toBeVisible();
		await strip.getByRole('button', { name: 'See who is left out' }).press('Enter');
		await expect(page.getByRole('row', { name: /Lena Weiss.*No email address/ })).toBeVisible();

		// 'Show everyone' ends it, and its undo brings it back.
		await page.getByRole('button', { name: 'Show everyone' }).press('Enter');
		await expect(page.getByText('3 people, 3 inboxes')).toBeVisible();
		await page.getByRole('button', { name: 'Undo' }).press('Enter');
		await expect(page.getByText('2 people, 2 inboxes')).toBeVisible();

		await practice.sendInvitations();
		// Nobody else is suddenly checked on the page that sent.
		await expect(page.getByText('0 people, 0 inboxes')).toBeVisible();
		await expect(strip).toBeVisible();
		await practice.openOutbox();
		await expect(page.getByText(/2 sent/).first()).toBeVisible({ timeout: 300_000 });
		expect(desk.smtp.mails.flatMap((mail) => mail.recipients).toSorted()).toEqual([
			'maya@example.com',
			'noor@example.com',
		]);

		// The scope has ended: everyone else is there again.
		await practice.openReport();
		await expect(strip).toBeHidden();
		await expect(page.getByText('1 person, 1 inbox')).toBeVisible();
	});
});
