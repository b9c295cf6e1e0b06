import { expect, test } from './desk.ts';

const content =
	'Client,Email\nMaya Okafor,maya@example.com\nSam Ortiz,sam@example.com\nNoor Haddad,noor@example.com\n';

test('without a relay each invitation is handed over by hand, and it is noted who did it', async ({
	practice,
	page,
	context,
}) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await practice.open();
	await practice.fillInPractice();
	await practice.goTo('settings/email-relay');
	await page.getByRole('radio', { name: 'No relay' }).check();
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText('You hand the invitations over yourself').first()).toBeVisible();
	await practice.importFile({ name: 'clients.csv', content });
	await practice.openReport();
	await practice.sendInvitations();
	await practice.openOutbox();
	await expect(page.getByText('3 waiting for you to hand them over')).toBeVisible();

	// Each waiting message offers its ways.
	const maya = page.getByRole('article', { name: 'Maya Okafor' });
	const href = await maya
		.getByRole('link', { name: 'Open in my mail program' })
		.getAttribute('href');
	const mailto = new URL(href ?? '');
	expect([mailto.protocol, mailto.pathname]).toEqual(['mailto:', 'maya@example.com']);
	const body = new URLSearchParams(mailto.search.replaceAll('+', '%2B')).get('body');
	await maya.getByRole('button', { name: 'Copy link' }).click();
	await expect(page.getByText('The link is copied.')).toBeVisible();
	const link = await page.evaluate(() => navigator.clipboard.readText());
	expect(link).toMatch(/^https:\/\/portal\.example\/join\?invitation=/);
	expect(body).toContain(link);
	const download = page.waitForEvent('download');
	await maya.getByRole('button', { name: 'Save as .eml' }).click();
	expect((await download).suggestedFilename()).toBe('Invitation for Maya Okafor.eml');

	// The letter to print has a code beside the link.
	await maya.getByRole('link', { name: 'Print letter' }).click();
	await expect(page.getByRole('img', { name: /invitation link/ })).toBeVisible();
	await expect(page.getByText(link)).toBeVisible();
	await page.getByRole('button', { name: 'I have handed it over' }).click();
	await expect(page.getByText('It is noted as handed over.')).toBeVisible();

	// The others one after the other, by keyboard alone.
	await practice.openOutbox();
	await page.getByRole('link', { name: 'Hand over the next one' }).press('Enter');
	await expect(page.getByText('2 messages wait for you')).toBeVisible();
	await page.getByRole('button', { name: 'Copy message' }).press('Enter');
	await expect(page.getByText('The message is copied').first()).toBeVisible();
	await page.keyboard.press('d');
	await expect(page.getByText('1 message waits for you')).toBeVisible();
	await expect(page.getByRole('link', { name: 'Open in my mail program' })).toBeFocused();
	await page.keyboard.press('d');
	await expect(page.getByRole('heading', { name: 'All are handed over' })).toBeVisible();

	await practice.openOutbox();
	await expect(page.getByText('3 sent, nothing waits')).toBeVisible();
	await expect(page.getByText('Handed over by Dana Reyes, as a copied message.')).toBeVisible();
	// Nobody is invited twice.
	await practice.openReport();
	await expect(page.getByText('Everybody who can be invited has been.')).toBeVisible();
});
