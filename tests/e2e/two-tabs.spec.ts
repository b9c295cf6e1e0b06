import { makePracticeFile } from '../support/practice-file.ts';
import { expect, test } from './desk.ts';

test.use({ serviceWorkers: 'allow' });

test('two tabs online together: one mail each; an undo calls the whole batch back; the second import finds nothing new', async ({
	practice,
	page,
	desk,
	context,
}) => {
	const content = makePracticeFile({ rows: 25, seed: 71, isPlain: true });
	await practice.open();
	await practice.fillInPractice();
	await practice.importFile({ name: 'clients.csv', content });
	expect(await practice.importFile({ name: 'clients.csv', content })).toMatchObject({
		rows: 25,
		created: 0,
		unchanged: 25,
	});

	await practice.openReport();
	await practice.sendInvitations();
	await page
		.getByRole('region', { name: 'Notifications' })
		.getByRole('listitem')
		.filter({ hasText: 'invitations leave' })
		.getByRole('button', { name: 'Undo', exact: true })
		.click();
	await expect(page.getByText('25 people, 25 inboxes')).toBeVisible();

	const other = await practice.inNewTab(context);
	await other.openOutbox();
	await context.setOffline(true);
	await practice.openReport();
	await practice.sendInvitations();
	await expect(other.page.getByText(/25 waiting/).first()).toBeVisible();
	await context.setOffline(false);
	await expect(other.page.getByText(/25 sent/).first()).toBeVisible({ timeout: 300_000 });
	const mails = (await (await page.request.get(`${desk.relay.url}/mailbox.json`)).json()) as {
		key: string;
		to: { address: string };
	}[];
	expect(mails.length).toBe(25);
	expect(new Set(mails.map((mail) => mail.to.address)).size).toBe(25);
});
