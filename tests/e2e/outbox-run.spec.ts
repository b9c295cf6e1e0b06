import { makePracticeFile } from '../support/practice-file.ts';
import { expect, test } from './desk.ts';

const content = makePracticeFile({ rows: 40, seed: 71, isPlain: true });

test.use({ hasSmtp: true, serviceWorkers: 'allow' });

test('a run is paused, partly cancelled and resumed by keyboard', async ({
	practice,
	page,
	desk,
	context,
}) => {
	await practice.open();
	await practice.fillInPractice();
	await practice.importFile({ name: 'clients.csv', content });
	await practice.openReport();
	await context.setOffline(true);
	await practice.sendInvitations();
	await practice.openOutbox();
	await expect(page.getByText('40 waiting for the network')).toBeVisible();
	const heading = page.getByRole('heading', { name: /^Waiting/ });
	await expect(heading).toContainText('40');

	await page.getByRole('button', { name: 'Pause sending' }).press('Enter');
	await expect(page.getByRole('button', { name: 'Resume sending' })).toBeFocused();
	await context.setOffline(false);
	await expect(page.getByText('40 waiting until you resume')).toBeVisible();
	// 'Try now' says why nothing happens.
	const tryNow = page.getByRole('button', { name: 'Try now' }).first();
	await expect(tryNow).toBeVisible({ timeout: 300_000 });
	await tryNow.press('Enter');
	await expect(page.getByText('Not tried: you paused sending.')).toBeVisible();

	// Three of them are picked with the arrow keys, and cancelled.
	const boxes = page.getByRole('checkbox', { name: /^Select / });
	await boxes.first().focus();
	await page.keyboard.press('Shift+ArrowDown');
	await page.keyboard.press('Shift+ArrowDown');
	await expect(page.getByText('3 selected')).toBeVisible();
	const bar = page.getByRole('region', { name: 'Selected messages' });
	await bar.getByRole('button', { name: 'Cancel', exact: true }).press('Enter');
	const dialog = page.getByRole('alertdialog', { name: 'Cancel 3 messages?' });
	await dialog.getByRole('button', { name: 'Cancel all' }).press('Enter');
	await expect(dialog).toBeHidden();
	await expect(page.getByText('37 waiting until you resume')).toBeVisible();
	await expect(bar.getByText('There is nothing left to do with these.')).toBeVisible();
	await bar.getByRole('button', { name: 'Clear selection' }).press('Enter');

	await page.getByRole('button', { name: 'Resume sending' }).press('Enter');
	await expect(page.getByRole('progressbar')).toBeVisible();
	await expect(page.getByText('37 sent, nothing waits')).toBeVisible({ timeout: 120_000 });
	const recipients = desk.smtp.mails.flatMap((mail) => mail.recipients);
	expect(recipients).toHaveLength(37);
	expect(new Set(recipients).size).toBe(37);

	// The batch is told as a whole, and as a file.
	await page.getByRole('link', { name: 'Batches' }).click();
	const summary = page.getByRole('table');
	await expect(summary.getByRole('row', { name: /^Sent 37/ })).toBeVisible();
	await expect(summary.getByRole('row', { name: /^Cancelled 3/ })).toBeVisible();
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Download as CSV' }).click();
	expect((await download).suggestedFilename()).toMatch(/^Invitations of .*\.csv$/);
});
