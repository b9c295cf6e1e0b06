import { makePracticeFile } from '../support/practice-file.ts';
import { expect, test } from './desk.ts';

const content = makePracticeFile({ rows: 25, seed: 73, isPlain: true });

test('a batch larger than the quota is split over days, shown before and after; a set time can be changed', async ({
	practice,
	page,
}) => {
	await practice.open();
	await practice.fillInPractice();
	await practice.goTo('settings/email-relay');
	await page.getByLabel('Messages per day').fill('10');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText('The email relay is saved').first()).toBeVisible();
	await practice.importFile({ name: 'clients.csv', content });
	await practice.openReport();
	await page.getByRole('button', { name: 'Send Invitation', exact: true }).click();
	const dialog = page.getByRole('alertdialog');
	await expect(dialog.getByText('10 of 10 left today')).toBeVisible();
	await expect(dialog.getByText(/10 today, 10 tomorrow, 5 on \w+\./)).toBeVisible();

	// A set time: a past one is refused, none leaves on the strength of it.
	await dialog.getByRole('button', { name: 'Send later' }).click();
	const field = dialog.getByLabel('Send later, at');
	await field.fill('2020-01-01T09:00');
	await expect(dialog.getByText('Choose a time that is still to come.')).toBeVisible();
	await dialog.getByRole('button', { name: /^Send 25/ }).click();
	await expect(dialog).toBeVisible();
	const tomorrow = new Date(Date.now() + 86_400_000);
	const two = (value: number) => String(value).padStart(2, '0');
	const day = `${tomorrow.getFullYear()}-${two(tomorrow.getMonth() + 1)}-${two(tomorrow.getDate())}`;
	await field.fill(`${day}T16:20`);
	await expect(dialog.getByText(/10 tomorrow, 10 on \w+, 5 on \w+\./)).toBeVisible();
	await dialog.getByRole('button', { name: /^Send 25/ }).click();
	await expect(dialog).toBeHidden();
	await expect(page.getByText(/10 tomorrow, 10 on \w+, 5 on/).first()).toBeVisible();

	await practice.openOutbox();
	await expect(page.getByText('0 sent, 25 waiting')).toBeVisible();
	await expect(page.getByText(/^10 tomorrow, 10 on \w+, 5 on \w+$/)).toBeVisible();
	await expect(page.getByText('Scheduled').first()).toBeVisible();
	const first = page.getByRole('article').first();
	await first.getByRole('button', { expanded: false }).click();
	await expect(first.getByText(/Leaves on .*16:20/)).toBeVisible();
	await first.getByRole('button', { name: 'Send at once' }).click();
	await expect(page.getByText('1 sent, 24 waiting')).toBeVisible({ timeout: 300_000 });
});
