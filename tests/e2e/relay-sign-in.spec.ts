import { makePracticeFile } from '../support/practice-file.ts';
import { chooseRelay, expect, save, test } from './outside.ts';

const content = makePracticeFile({ rows: 5, seed: 21, isPlain: true });

test('Gmail: signed in through a window that is cut off from its opener, then used', async ({
	practice,
	page,
	outside: { google },
	context,
}) => {
	await practice.open();
	await practice.fillInPractice();
	await practice.sendAtOnce();
	await chooseRelay(page, 'Gmail');
	await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeHidden();
	await page.getByRole('button', { name: 'Sign in with Google' }).click();
	await expect(page.getByText('Enter the client ID')).toBeVisible();
	await page.getByLabel('Client ID', { exact: true }).fill(google.clientId);

	const [popup] = await Promise.all([
		context.waitForEvent('page'),
		page.getByRole('button', { name: 'Sign in with Google' }).click(),
	]);
	await expect(page.getByText('You are signed in as dana@example.com.')).toBeVisible();
	await expect(page.getByText('Signed in', { exact: true })).toBeVisible();
	await expect.poll(() => popup.isClosed() || popup.getByText('Done.').isVisible()).toBe(true);
	if (!popup.isClosed()) expect(popup.url()).not.toContain('access_token');
	expect(google.signIns[0]?.get('redirect_uri')).toBe(`${practice.url}/sign-in.html`);

	await page.getByRole('button', { name: 'Test connection' }).click();
	await expect(page.getByText('Mails come from dana@example.com.')).toBeVisible();

	await practice.importFile({ name: 'clients.csv', content });
	await practice.openReport();
	await page.getByRole('button', { name: 'Send Invitation', exact: true }).click();
	await expect(page.getByRole('alertdialog')).toContainText('Gmail, as dana@example.com');
	await page
		.getByRole('alertdialog')
		.getByRole('button', { name: /^Send \d/ })
		.click();
	await expect.poll(() => google.sent.length, { timeout: 300_000 }).toBe(5);
	expect(new Set(google.sent.flatMap((mail) => mail.recipients)).size).toBe(5);
	expect(google.sent[0]).toMatchObject({
		from: { name: 'Dana Reyes, Harbor Practice', address: 'dana@example.com' },
		replyTo: 'dana@harbor.example',
		contentType: 'multipart/alternative',
	});
});

test('an ended sign-in pauses the outbox with one clear notice, and goes on after signing in again', async ({
	practice,
	page,
	outside: { google },
}) => {
	await practice.open();
	await practice.fillInPractice();
	await practice.sendAtOnce();
	await chooseRelay(page, 'Gmail');
	await page.getByLabel('Client ID', { exact: true }).fill(google.clientId);
	await page.getByRole('button', { name: 'Sign in with Google' }).click();
	await expect(page.getByText('You are signed in as dana@example.com.')).toBeVisible();
	google.endSignIns();
	await practice.importFile({ name: 'clients.csv', content });
	await practice.openReport();
	await practice.sendInvitations();
	await practice.openOutbox();
	await expect(
		page.getByText('Your sign-in with Google has ended. Sign in again.').first(),
	).toBeVisible({ timeout: 300_000 });
	expect(google.sent).toEqual([]);

	await page.evaluate(() => (location.hash = '#/settings/email-relay'));
	await page.getByRole('button', { name: 'Sign in again' }).click();
	await expect(page.getByText('You are signed in as dana@example.com.')).toBeVisible();
	expect(google.signIns.at(-1)?.get('login_hint')).toBe('dana@example.com');
	await expect.poll(() => google.sent.length, { timeout: 300_000 }).toBe(5);
});

test('who does not allow it is told so, and nothing is saved', async ({
	practice,
	page,
	outside: { google },
}) => {
	google.isDenied = true;
	await practice.open();
	await chooseRelay(page, 'Gmail');
	await page.getByLabel('Client ID', { exact: true }).fill(google.clientId);
	await page.getByRole('button', { name: 'Sign in with Google' }).click();
	await expect(page.getByText('You did not allow Portico to send mail')).toBeVisible();
	await expect(page.getByText('Signed in', { exact: true })).toBeHidden();
});

test('Microsoft 365: PKCE, a renewed token, and signing out', async ({
	practice,
	page,
	outside: { microsoft },
}) => {
	microsoft.lifetime = 30;
	await practice.open();
	await practice.fillInPractice();
	await practice.sendAtOnce();
	await chooseRelay(page, 'Microsoft 365');
	await page.getByLabel('Application (client) ID').fill(microsoft.clientId);
	await page.getByLabel('Messages per second').fill('20');
	await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
	await expect(page.getByText('You are signed in as dana@harbor.example.')).toBeVisible();
	microsoft.lifetime = 3_599;
	await page.getByRole('button', { name: 'Send a test to myself' }).click();
	await expect(page.getByText('The test is on its way')).toBeVisible();
	expect(microsoft.grants).toEqual(['authorization_code', 'refresh_token']);
	expect(microsoft.sent).toMatchObject([{ recipients: ['dana@harbor.example'] }]);
	microsoft.sent = [];

	await practice.importFile({ name: 'clients.csv', content });
	await practice.openReport();
	await practice.sendInvitations();
	await expect.poll(() => microsoft.sent.length, { timeout: 300_000 }).toBe(5);

	await page.evaluate(() => (location.hash = '#/settings/email-relay'));
	await page.getByRole('button', { name: 'Sign out' }).click();
	await expect(page.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
	await page.reload();
	await chooseRelay(page, 'Microsoft 365');
	await expect(page.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
});

test('no relay: the choice is saved, and nothing is asked of any service', async ({
	practice,
	page,
	outside,
}) => {
	await practice.open();
	await chooseRelay(page, /^No relay/);
	await expect(page.getByText('Nothing changes yet')).toBeVisible();
	await save(page);
	await expect(page.getByText('You hand the invitations over yourself.')).toBeVisible();
	await page.reload();
	await expect(page.getByRole('radio', { name: /^No relay/ })).toBeChecked();
	for (const stub of [outside.emailJs, outside.google, outside.microsoft]) {
		// Chromium itself asks Google which accounts it is signed in with.
		const asked = stub.requests.filter(({ path }) => !path.startsWith('/ListAccounts'));
		expect(asked).toEqual([]);
	}
});
