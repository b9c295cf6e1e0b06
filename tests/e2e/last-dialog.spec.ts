import { makePracticeFile } from '../support/practice-file.ts';
import { expect, test } from './desk.ts';

test.use({ serviceWorkers: 'allow' });

test('the last dialog shows what was asked; what changed under it is said before anything leaves', async ({
	practice,
	page,
	context,
}) => {
	await practice.open();
	await practice.fillInPractice();
	await practice.importFile({
		name: 'clients.csv',
		content: makePracticeFile({ rows: 12, seed: 21, isPlain: true }),
	});
	const other = await practice.inNewTab(context);
	await other.goTo('report');
	await expect(other.page.getByText('12 people, 12 inboxes')).toBeVisible();
	await practice.openReport();
	await page.getByRole('button', { name: 'Send Invitation', exact: true }).click();
	const dialog = page.getByRole('alertdialog');
	await expect(dialog).toContainText('12 people, 12 inboxes');

	await other.page.getByRole('checkbox').first().uncheck();
	await other.page.getByRole('checkbox').nth(1).uncheck();
	await expect(other.page.getByText('10 people, 10 inboxes')).toBeVisible();
	await expect(page.locator('main').getByText('10 people, 10 inboxes')).toBeVisible();
	await expect(dialog).toContainText('12 people, 12 inboxes');

	await dialog.getByRole('button', { name: 'Send 12 invitations' }).dblclick();
	await expect(dialog.getByRole('alert')).toContainText('2 people are no longer among them.');
	await expect(dialog).toContainText('10 people, 10 inboxes');
	await expect(dialog).toBeVisible();
	await dialog.getByRole('button', { name: 'Send 10 invitations' }).click();
	await expect(dialog).toBeHidden();
	await expect(page.getByText('10 invitations are on their way.')).toBeVisible();
});

test('offline, neither dialog nor toast promises a departure', async ({
	practice,
	page,
	context,
}) => {
	await practice.open();
	await practice.fillInPractice();
	await practice.importFile({
		name: 'clients.csv',
		content: makePracticeFile({ rows: 3, seed: 22, isPlain: true }),
	});
	await practice.openReport();
	await context.setOffline(true);
	await page.getByRole('button', { name: 'Send Invitation', exact: true }).click();
	const wait = 'they wait on this device and leave by themselves when it is online again';
	await expect(page.getByRole('alertdialog')).toContainText(wait);
	await page
		.getByRole('alertdialog')
		.getByRole('button', { name: /^Send \d/ })
		.click();
	const toast = page.getByRole('region', { name: 'Notifications' });
	await expect(toast).toContainText(wait);
	await expect(toast).not.toContainText('leave in');
	await context.setOffline(false);
	await expect(toast).toContainText(/3 invitations leave in \d+ s\./);
});
