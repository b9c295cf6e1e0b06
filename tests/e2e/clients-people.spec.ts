import type { Page } from '@playwright/test';
import { lookAt } from './axe.ts';
import { expect, type Practice, test } from './desk.ts';
import { tabTo } from './keys.ts';

test.use({ hasSmtp: true });

const file = {
	name: 'clients.csv',
	content:
		'First name,Last name,Email,Date of birth,Therapist\n' +
		'Maya,Okafor,maya@example.com,1984-03-09,Rowan Vale\n' +
		'Sam,Ortiz,sam@example.com,1990-01-02,Rowan Vale\n' +
		'Kim,Haddad,,2015-05-05,Ada Lee\n',
};

/** Types into the field of this label, which is reached by Tab. */
async function type(page: Page, label: RegExp, text: string): Promise<void> {
	await tabTo(page, label);
	await page.keyboard.type(text);
}

async function press(page: Page, name: RegExp): Promise<void> {
	await tabTo(page, name);
	await page.keyboard.press('Enter');
}

/** Opens the menu that has the focus and chooses in it. */
async function choose(page: Page, menu: RegExp, item: string): Promise<void> {
	await press(page, menu);
	await page.getByRole('menuitem', { name: item, exact: true }).press('Enter');
}

async function openClient(practice: Practice, name: string, tab = ''): Promise<void> {
	await practice.goTo('clients');
	const link = practice.page.getByRole('main').getByRole('link', { name }).first();
	const href = await link.getAttribute('href');
	await practice.goTo(`${href?.replace(/^#\//, '').split('?')[0]}${tab && `?tab=${tab}`}`);
	await expect(practice.page.getByRole('heading', { level: 1, name })).toBeVisible();
}

async function setTheScene(practice: Practice): Promise<void> {
	await practice.open();
	await practice.fillInPractice();
	await practice.importFile(file);
}

/** A test that waits for a letter need not wait for its undo. */
async function sendAtOnce(practice: Practice): Promise<void> {
	await practice.goTo('settings/invitation');
	await practice.page.getByLabel('Time to undo a sending').selectOption('None');
	await expect(practice.page.getByText('It holds for what is sent').first()).toBeVisible();
}

/** What floats goes by itself; a test need not wait for it. */
async function dismissToasts(page: Page): Promise<void> {
	for (const button of await page.getByRole('button', { name: 'Dismiss' }).all())
		await button.click({ timeout: 1_000 }).catch(() => undefined);
}

test('the keyboard alone adds a client, sees a likely duplicate, enrolls both, and takes all back', async ({
	practice,
	page,
}) => {
	await setTheScene(practice);
	await practice.goTo('outbox');
	await expect(page.getByRole('heading', { name: 'Outbox', level: 1 })).toBeVisible();
	// From anywhere, by its key.
	await page.keyboard.press('c');
	const dialog = page.getByRole('dialog', { name: 'New client' });
	await expect(dialog.getByLabel('First name')).toBeFocused();

	// What is wrong is said, by the field, which has the focus; nothing is lost.
	await type(page, /^Phone$/, '+1 555 0100');
	await press(page, /^Add client$/);
	await expect(dialog.getByLabel('First name')).toBeFocused();
	await expect(dialog.getByLabel('First name')).toHaveAccessibleDescription('Enter a name.');
	await expect(dialog.getByLabel('Phone', { exact: true })).toHaveValue('+1 555 0100');

	await page.keyboard.type('MAYA');
	await type(page, /^Last name$/, 'Okafor');
	await expect(dialog.getByText('A client like this is known already.')).toBeVisible();
	await expect(dialog.getByRole('link', { name: /^Maya Okafor/ })).toHaveAttribute(
		'href',
		/#\/clients\//,
	);
	await expect(dialog.getByText('same name · active')).toBeVisible();
	await type(page, /^Email address$/, 'maya.o@example.com');
	await tabTo(page, /^Professional$/);
	await page.keyboard.type('Rowan');
	await expect(dialog.getByLabel('Professional')).toHaveValue('Rowan Vale');

	// Escape asks first, and once more goes on.
	await page.keyboard.press('Escape');
	await expect(dialog.getByText('Discard what you typed?')).toBeVisible();
	await expect(dialog.getByRole('button', { name: 'Keep writing' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(dialog.getByLabel('Email address', { exact: true })).toHaveValue(
		'maya.o@example.com',
	);

	await tabTo(page, /^Enroll in Client Portal$/);
	await page.keyboard.press('Space');
	await tabTo(page, /^Enroll Contact$/);
	await page.keyboard.press('Space');
	await press(page, /^Add and invite$/);
	await expect(dialog.getByLabel('Contact’s name')).toBeFocused();
	await page.keyboard.type('Noor Okafor');
	await type(page, /^Contact’s email address$/, 'noor@example.com');
	await press(page, /^Add and invite$/);
	await expect(dialog).toBeHidden();
	await expect(page.getByText('2 invitations are in the outbox.').first()).toBeVisible();

	// In one commit, and taken back in one.
	await page.getByRole('button', { name: 'Undo', exact: true }).last().press('Enter');
	await expect(page.getByText('nobody was written to').first()).toBeVisible();
	await practice.goTo('clients');
	await expect(page.getByRole('heading', { name: 'Clients', level: 1 })).toBeVisible();
	await expect(
		page.getByRole('main').getByRole('link', { name: 'MAYA Okafor', exact: true }),
	).toHaveCount(0);
});

test('the keyboard alone adds a portal user, marks her, copies the link, revokes and undoes', async ({
	practice,
	page,
	context,
}) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await setTheScene(practice);
	await openClient(practice, 'Kim Haddad', 'portal');
	await expect(page.getByText('No email address: add one in ‘Contact Info’.')).toBeVisible();

	await press(page, /^\+ Add New User$/);
	const dialog = page.getByRole('dialog', { name: 'Add New User' });
	await type(page, /^Name$/, 'Lee Haddad');
	await type(page, /^Email address$/, 'lee@example.com');
	await tabTo(page, /^Billing$/);
	await page.keyboard.press('Space');
	await press(page, /^Add and invite$/);
	await expect(dialog).toBeHidden();
	const lee = page.getByRole('listitem').filter({ hasText: 'lee@example.com' }).first();
	await expect(lee.getByText('In the outbox')).toBeVisible();
	await expect(lee.getByText(/Appointments, Messages, Documents$/)).toBeVisible();

	await choose(page, /^More for Lee Haddad$/, 'Copy invitation link');
	await expect(page.getByText('The link is copied.').first()).toBeVisible();
	expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
		/^https:\/\/portal\.example\/join\?invitation=[0-9a-f]{32}$/,
	);

	await choose(page, /^More for Lee Haddad$/, 'Revoke');
	await expect(lee.getByText('Revoked', { exact: true })).toBeVisible();
	await choose(page, /^More for Lee Haddad$/, 'Give access again');
	// What had not left was called back with it.
	await expect(lee.getByText('Never invited')).toBeVisible();
	await sendAtOnce(practice);
	await openClient(practice, 'Kim Haddad', 'portal');
	await dismissToasts(page);
	await tabTo(page, /^Invite$/);
	await page.keyboard.press('Enter');
	await expect(lee.getByText(/Invited on/)).toBeVisible({ timeout: 60_000 });

	// A second letter within minutes is a nuisance.
	await press(page, /^Resend$/);
	const why = page.getByRole('dialog', { name: 'Send it again today?' });
	await expect(why.or(page.getByText('Wait five minutes.').first())).toBeVisible();

	await choose(page, /^More for Lee Haddad$/, 'Mark as joined');
	await expect(lee.getByText('Joined', { exact: true })).toBeVisible();
	await page.getByRole('button', { name: 'Undo', exact: true }).last().press('Enter');
	await expect(lee.getByText(/Invited on/)).toBeVisible();
	await choose(page, /^More for Lee Haddad$/, 'Mark as bounced');
	await expect(lee.getByText('Bounced', { exact: true })).toBeVisible();

	await practice.goTo(
		(await page.evaluate(() => location.hash)).replace(/^#\/|\?.*$/g, '') + '?tab=history',
	);
	await expect(page.getByText('An invitation was sent')).toBeVisible();
	await expect(page.getByText('An invitation was cancelled')).toBeVisible();
});

test('the keyboard alone deactivates a professional, whose clients go to another, and undoes it', async ({
	practice,
	page,
	desk,
}) => {
	await setTheScene(practice);
	await practice.goTo('settings/professionals');
	const list = page.getByRole('list', { name: 'Professionals' });
	await expect(list.getByRole('listitem')).toHaveText([
		/Ada Lee.*1 client/,
		/Rowan Vale.*2 clients/,
	]);

	// Known from the file only: made a full one, with an address for replies.
	await press(page, /^Add details\s+Ada Lee$/);
	await type(page, /^Credentials$/, 'LCSW');
	await type(page, /^Reply-to address$/, 'ada at harbor');
	await press(page, /^Save$/);
	const reply = page.getByRole('dialog').getByLabel('Reply-to address');
	await expect(reply).toBeFocused();
	await expect(reply).toHaveAccessibleDescription(/Enter an email address/);
	await page.keyboard.press('Control+a');
	await page.keyboard.type('ada@harbor.example');
	await press(page, /^Save$/);
	await expect(list.getByText('Ada Lee, LCSW')).toBeVisible();

	await choose(page, /^More for Rowan Vale$/, 'Deactivate');
	await tabTo(page, /^2 clients of Rowan Vale go to$/);
	await page.keyboard.type('Ada');
	await press(page, /^Deactivate$/);
	await expect(page.getByText('Deactivated. 2 clients now of Ada Lee.').first()).toBeVisible();
	await expect(list.getByRole('listitem')).toHaveText([
		/Ada Lee.*3 clients/,
		/Rowan Vale.*Not active.*0 clients/,
	]);
	await page.getByRole('button', { name: 'Undo', exact: true }).last().press('Enter');
	await expect(list.getByRole('listitem')).toHaveText([
		/Ada Lee.*1 client/,
		/Rowan Vale.*2 clients/,
	]);

	await choose(page, /^More for Rowan Vale$/, 'Deactivate');
	await tabTo(page, /^2 clients of Rowan Vale go to$/);
	await page.keyboard.type('Ada');
	await press(page, /^Deactivate$/);
	await expect(list.getByText('3 clients')).toBeVisible();

	// Answers of her clients go to her.
	await sendAtOnce(practice);
	await openClient(practice, 'Maya Okafor', 'portal');
	await tabTo(page, /^Invite$/);
	await page.keyboard.press('Enter');
	await expect
		.poll(() => desk.smtp.mails.map(({ replyTo }) => replyTo), { timeout: 60_000 })
		.toEqual(['ada@harbor.example']);
});

test('two tabs edit one client: different fields both stay, the same field is told and not overwritten', async ({
	practice,
	page,
	context,
}) => {
	await setTheScene(practice);
	await openClient(practice, 'Sam Ortiz');
	const other = await practice.inNewTab(context);
	await expect(other.page.getByRole('heading', { level: 1 })).toBeVisible();
	await openClient(other, 'Sam Ortiz');

	await page.getByLabel('Phone', { exact: true }).focus();
	await page.keyboard.type('+1 555 0100');
	await type(page, /^Preferred name$/, '');
	await page.getByLabel('Preferred name').focus();
	await page.keyboard.type('Sammy');
	await other.page.getByLabel('Preferred name').fill('Samuel');
	await other.page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(other.page.getByText('Saved.').first()).toBeVisible();

	await page.keyboard.press('Enter');
	const clash = page.getByRole('alert').filter({ hasText: 'Changed in another tab' });
	await expect(clash).toContainText('Samuel');
	await expect(page.getByLabel('Preferred name')).toHaveValue('Sammy');
	await page.getByLabel('Preferred name').press('Enter');
	await expect(clash).toBeHidden();
	await expect(other.page.getByLabel('Preferred name')).toHaveValue('Sammy');
	await expect(other.page.getByLabel('Phone', { exact: true })).toHaveValue('+1 555 0100');
});

for (const [colorScheme, width] of [
	['light', 320],
	['dark', 1280],
] as const)
	test(`axe finds nothing on people’s screens and dialogs, ${colorScheme}, ${width} px wide`, async ({
		practice,
		page,
	}) => {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await page.setViewportSize({ width, height: 700 });
		await setTheScene(practice);
		const look = async (what: string) => {
			// Under a dialog nothing can be reached, and it was looked at before.
			const isDialog = (await page.getByRole('dialog').count()) > 0;
			await lookAt(page, what, { place: isDialog ? '[role="dialog"]' : 'main' });
		};
		/** Escape asks, once more goes on, and what was typed is there. */
		const leaveWriting = async (what: string) => {
			const dialog = page.getByRole('dialog');
			const name = dialog.getByLabel('Name', { exact: true });
			await name.fill('Lee');
			await page.keyboard.press('Escape');
			await expect(dialog.getByRole('button', { name: 'Keep writing' })).toBeFocused();
			await look(`${what}, left`);
			await page.keyboard.press('Escape');
			await expect(name).toHaveValue('Lee');
			await dialog.getByRole('button', { name: 'Cancel' }).click();
			await dialog.getByRole('button', { name: 'Discard' }).click();
			await expect(dialog).toBeHidden();
		};
		await practice.goTo('settings/professionals');
		await expect(page.getByRole('list', { name: 'Professionals' })).toBeVisible();
		await look('professionals');
		await page.getByRole('button', { name: 'Add a professional' }).click();
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		await look('new professional');
		await leaveWriting('new professional');
		await page.getByRole('button', { name: 'More for Ada Lee' }).click();
		await page.getByRole('menuitem', { name: 'Deactivate' }).click();
		await look('deactivate');
		await page.keyboard.press('Escape');

		await practice.goTo('clients');
		await page.getByRole('button', { name: '+ New Client' }).click();
		const dialog = page.getByRole('dialog', { name: 'New client' });
		await dialog.getByLabel('First name').fill('Maya');
		await dialog.getByLabel('Last name').fill('Okafor');
		// What is known of her moves what stands below it.
		await expect(dialog.getByText('A client like this is known already.')).toBeVisible();
		await dialog.getByLabel('Enroll in Client Portal').check();
		await dialog.getByLabel('Enroll Contact').check();
		await dialog.getByRole('button', { name: 'Add and invite' }).click();
		await expect(dialog.getByText('A client like this')).toBeVisible();
		await look('new client');
		await page.keyboard.press('Escape');
		await dialog.getByRole('button', { name: 'Discard' }).click();

		await openClient(practice, 'Maya Okafor');
		await look('Contact Info');
		for (const [tab, add] of [
			['Contacts', 'Add a contact'],
			['Client Portal', '+ Add New User'],
			['History', ''],
		] as const) {
			await page.getByRole('tab', { name: tab }).click();
			await expect(page.getByRole('tabpanel', { name: tab })).toBeVisible();
			await look(tab);
			if (!add) continue;
			await page.getByRole('button', { name: add }).click();
			await expect(page.getByRole('dialog')).toBeVisible();
			await look(`${tab}, its dialog`);
			await leaveWriting(`${tab}, its dialog`);
		}
	});
