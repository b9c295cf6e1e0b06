import { expect, test } from './desk.ts';
import { tabTo } from './keys.ts';

test.use({ hasSmtp: true });

test('the keyboard alone imports, unchecks, sends and looks at the outbox', async ({
	practice,
	page,
	desk,
}) => {
	await practice.open();
	await practice.fillInPractice();
	const press = (key: string) => page.keyboard.press(key);

	// 'Settings' menu → 'Account Settings' → 'Import Center'
	await tabTo(page, /^Settings$/);
	await press('Enter');
	await expect(page.getByRole('menuitem', { name: 'Account Settings' })).toBeVisible();
	await page.getByRole('menuitem', { name: 'Account Settings' }).press('Enter');
	// The screen that comes takes the focus, and a key pressed before that would go to it.
	await expect(page.getByRole('heading', { name: 'Account Settings' })).toBeFocused();
	await page
		.getByRole('tab', { name: 'Import Center' })
		.or(page.getByRole('link', { name: 'Import Center' }))
		.first()
		.press('Enter');
	await page.getByRole('link', { name: 'Import clients' }).press('Enter');
	await page.getByLabel('Choose file').setInputFiles({
		name: 'clients.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(
			'Client,Email\nMaya Okafor,maya@example.com\nSam Ortiz,sam@example.com\nNoor Haddad,noor@example.com\n',
		),
	});
	await expect(page.getByRole('button', { name: /^Import( |$)/ })).toBeEnabled();
	await tabTo(page, /^Import( |$)/);
	await press('Enter');
	await practice.importCounts();

	await practice.goTo('report');
	await expect(page.getByText('3 people, 3 inboxes')).toBeVisible();
	await page.getByRole('checkbox', { name: /Noor Haddad/ }).focus();
	// A key that the letter's frame gets while it is being loaded is never answered.
	const letter = page.frameLocator('iframe[title="The message as it will look"]');
	await expect(letter.getByText('Dear Noor,')).toBeVisible();
	await press('Space');
	await expect(page.getByText('2 people, 2 inboxes')).toBeVisible();
	await tabTo(page, /^Send Invitation$/);
	await press('Enter');
	await expect(page.getByRole('alertdialog')).toBeVisible();
	await tabTo(page, /^Send 2 invitations$/);
	await press('Enter');
	await expect(page.getByRole('alertdialog')).toBeHidden();
	// The two keys belong together by their time, which a busy machine may stretch.
	await expect(async () => {
		await press('g');
		await press('o');
		await expect(page.getByRole('heading', { name: 'Outbox', level: 1 })).toBeVisible({
			timeout: 1_000,
		});
	}).toPass();
	await expect(page.getByText(/2 sent/).first()).toBeVisible({ timeout: 300_000 });
	expect(desk.smtp.mails.flatMap((mail) => mail.recipients).toSorted()).toEqual([
		'maya@example.com',
		'sam@example.com',
	]);
});
