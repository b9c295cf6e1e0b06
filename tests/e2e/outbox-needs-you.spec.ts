import { lookNarrowAndWide } from './axe.ts';
import { expect, test } from './desk.ts';

const content =
	'Client,Email\nMaya Okafor,maya@example.com\nSam Ortiz,sam@example.com\nNoor Haddad,noor@example.com\nInes Duarte,ines@example.com\n';

test.use({ hasSmtp: true });

test('what is unconfirmed or refused is settled by a person, and nothing is sent twice by itself', async ({
	practice,
	page,
	desk,
}) => {
	desk.smtp.hooks.onMessage = ({ recipients }) =>
		recipients.some((address) => /maya|sam/.test(address)) ? { drop: true, keep: true } : undefined;
	desk.smtp.hooks.onRecipient = (address) =>
		address === 'noor@example.com' ? { refuse: 550, words: 'No such user here' } : undefined;
	await practice.open();
	await practice.fillInPractice();
	await practice.sendAtOnce();
	await practice.importFile({ name: 'clients.csv', content });
	await practice.openReport();
	await practice.sendInvitations();
	await practice.openOutbox();
	await expect(page.getByText('1 sent, 3 need you')).toBeVisible({ timeout: 300_000 });
	await lookNarrowAndWide(page, 'outbox');

	// The resolve screen: what is known, and the three ways with what follows from each.
	await page.getByRole('link', { name: 'Settle the unconfirmed' }).press('Enter');
	await expect(page.getByRole('heading', { name: 'Unconfirmed', level: 1 })).toBeVisible();
	const maya = page.getByRole('article', { name: 'Maya Okafor' });
	await expect(maya.getByText('The Portico relay', { exact: true })).toBeVisible();
	await expect(
		maya.getByText(/confirmed the message|handing the message over/).first(),
	).toBeVisible();
	await expect(maya.getByRole('button', { name: 'Send again' })).toHaveAccessibleDescription(
		/arrives twice/,
	);
	await lookNarrowAndWide(page, 'unconfirmed');
	await maya.getByRole('button', { name: 'It arrived' }).press('Enter');
	await expect(maya).toBeHidden();

	const sam = page.getByRole('article', { name: 'Sam Ortiz' });
	await sam.getByRole('button', { name: 'Send again' }).press('Enter');
	const dialog = page.getByRole('alertdialog', { name: /^Send 1 message again/ });
	await expect(dialog.getByText(/arrives twice/)).toBeVisible();
	// By default nothing is sent: Escape leaves it as it was.
	await page.keyboard.press('Escape');
	await expect(sam).toBeVisible();
	expect(
		desk.smtp.mails.filter((mail) => mail.recipients.includes('sam@example.com')),
	).toHaveLength(1);
	delete desk.smtp.hooks.onMessage;
	await sam.getByRole('button', { name: 'Send again' }).press('Enter');
	await dialog.getByRole('button', { name: 'Send again' }).press('Enter');
	await expect(page.getByRole('heading', { name: 'Nothing is in doubt' })).toBeVisible();

	// The refused address is corrected in place, and the message queued anew.
	await practice.openOutbox();
	const noor = page.getByRole('article', { name: 'Noor Haddad' }).filter({ hasText: 'Refused' });
	await noor.getByRole('button', { name: 'Correct address' }).press('Enter');
	const field = noor.getByLabel('Correct address');
	await expect(field).toBeFocused();
	await lookNarrowAndWide(page, 'correcting');
	await field.fill('not an address');
	await page.keyboard.press('Enter');
	await expect(noor.getByText('This is not an email address.')).toBeVisible();
	await field.fill('noor.haddad@example.com');
	await page.keyboard.press('Enter');
	await expect(
		page.getByText('The address is corrected, and the message queued anew.'),
	).toBeVisible();
	await expect(page.getByText('4 sent, nothing waits')).toBeVisible({ timeout: 300_000 });
	const recipients = desk.smtp.mails.flatMap((mail) => mail.recipients);
	expect(recipients.toSorted()).toEqual([
		'ines@example.com',
		'maya@example.com',
		'noor.haddad@example.com',
		'sam@example.com',
		'sam@example.com',
	]);

	await page.getByRole('checkbox', { name: 'Select Ines Duarte' }).check();
	await page.getByRole('button', { name: /^Ines Duarte/ }).click();
	await expect(page.getByText('The Portico relay took it')).toBeVisible();
	await lookNarrowAndWide(page, 'selected and open');
	await practice.goTo('outbox/batches');
	await expect(page.getByRole('table').first()).toBeVisible();
	await lookNarrowAndWide(page, 'batches');
});

test('the screens for handing over pass axe, empty ones too', async ({ practice, page }) => {
	await practice.open();
	await practice.fillInPractice();
	await practice.goTo('settings/email-relay');
	await page.getByRole('radio', { name: 'No relay' }).check();
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText('You hand the invitations over yourself').first()).toBeVisible();
	await practice.goTo('outbox/hand-over');
	await expect(page.getByRole('heading', { name: 'Nothing waits for you' })).toBeVisible();
	await lookNarrowAndWide(page, 'nothing to hand over');
	await practice.goTo('outbox/unconfirmed');
	await expect(page.getByRole('heading', { name: 'Nothing is in doubt' })).toBeVisible();
	await lookNarrowAndWide(page, 'nothing unconfirmed');
	await practice.importFile({ name: 'clients.csv', content });
	await practice.openReport();
	await practice.sendInvitations();
	await practice.openOutbox();
	await expect(page.getByText('4 waiting for you to hand them over')).toBeVisible();
	await lookNarrowAndWide(page, 'outbox by hand');
	await page.getByRole('link', { name: 'Print letter' }).first().click();
	await expect(page.getByRole('img', { name: /invitation link/ })).toBeVisible();
	await lookNarrowAndWide(page, 'letter');
	await practice.goTo('outbox/hand-over');
	await expect(page.getByText('4 messages wait for you')).toBeVisible();
	await lookNarrowAndWide(page, 'hand over');
});
