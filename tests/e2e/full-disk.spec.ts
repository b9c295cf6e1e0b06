import { makePracticeFile } from '../support/practice-file.ts';
import { lookAt } from './axe.ts';
import { expect, type Practice, test } from './desk.ts';
import { openSmallDisk } from './disk.ts';

test.use({ hasSmtp: true, serviceWorkers: 'allow' });

const passphrase = 'copper lantern under seven willows';
const noRoom = /no room left to save\. Nothing was changed\. Free some space/;

test('a full disk: an edit, an import, a sending, a passphrase, a restore say what to do, lose nothing, and go on when there is room; a backup is made', async ({
	practice,
	page,
	context,
	desk,
}) => {
	// A window for choosing a place can't be answered by a test: then it is a download.
	await context.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
	const broken: string[] = [];
	page.on('pageerror', ({ message }) => broken.push(message));
	const disk = await openSmallDisk(context, page, desk.relay.url, 14_000_000);
	await practice.open();
	await practice.fillInPractice();
	await practice.sendAtOnce();
	const content = makePracticeFile({ rows: 12, seed: 9, isPlain: true });
	await practice.importFile({ name: 'clients.csv', content });
	const dialog = page.getByRole('dialog');

	await disk.fill();
	const file = await backUp(practice);
	await expect(dialog.getByText('The backup is saved')).toBeVisible();
	await expect(dialog.getByText('not even to note that a backup was made')).toBeVisible();
	await dialog.getByRole('button', { name: 'Done' }).click();

	await practice.goTo('settings/practice');
	const practiceName = page.getByLabel('Practice name');
	await practiceName.fill('Vale Practice');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.locator('form').getByText(noRoom)).toBeVisible();
	await expect(practiceName).toHaveValue('Vale Practice');
	await disk.free();
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText('The practice details are saved.').last()).toBeVisible();

	await disk.fill();
	const more = makePracticeFile({ rows: 8, seed: 13, isPlain: true });
	await practice.chooseFile({ name: 'more.csv', content: more });
	await page.getByRole('button', { name: /^Import( |$)/ }).click();
	await expect(page.getByText('The file was not taken in')).toBeVisible();
	await expect(page.getByText(noRoom)).toBeVisible();
	// What is on disk, as a page that opens now reads it.
	const other = await practice.inNewTab(context);
	await other.goTo('clients');
	await expect(other.page.getByText('12 clients').first()).toBeVisible();
	await other.goTo('settings/practice');
	await expect(other.page.getByLabel('Practice name')).toHaveValue('Vale Practice');
	await other.page.close();
	await disk.free();
	await page.getByRole('button', { name: /^Import( |$)/ }).click();
	expect(await practice.importCounts()).toMatchObject({ created: 8 });

	await disk.fill();
	await practice.goTo('settings/security');
	await page.getByRole('button', { name: 'Set a passphrase' }).click();
	await page.getByLabel('New passphrase', { exact: true }).fill(passphrase);
	await page.getByLabel('New passphrase again').fill(passphrase);
	await expect(page.getByText('Very good.')).toBeVisible();
	await page.getByRole('button', { name: 'Set passphrase' }).click();
	await expect(dialog.getByText(noRoom)).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(dialog).toBeHidden();
	await expect(page.getByText('Not set')).toBeVisible();

	await practice.openReport();
	await practice.sendInvitations();
	await expect(page.getByText('Nothing was queued')).toBeVisible();
	await expect(page.getByText(noRoom)).toBeVisible();
	await expect(page.getByText('20 people, 20 inboxes')).toBeVisible();

	await practice.goTo('settings/backup-and-storage');
	await page.getByRole('link', { name: 'Restore a backup' }).click();
	await page.getByLabel('Choose backup').setInputFiles(file);
	await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
	await page.getByRole('button', { name: 'Look inside' }).click();
	await page.getByRole('radio', { name: /Replace/ }).click();
	const replace = async () => {
		await page.getByRole('button', { name: 'Restore…' }).click();
		const question = page.getByRole('alertdialog');
		await question.getByRole('button', { name: 'Replace everything' }).click();
	};
	await replace();
	await expect(page.getByText('Nothing was restored')).toBeVisible();
	await expect(page.getByText(noRoom)).toBeVisible();
	await disk.free();
	await replace();
	await expect(page.getByText('The backup is restored')).toBeVisible();
	await page.reload();
	await expect(page.getByRole('heading', { name: 'Restore a backup' })).toBeVisible();
	await practice.goTo('settings/practice');
	await expect(practiceName).toHaveValue('Harbor Practice');
	expect(desk.smtp.mails).toEqual([]);
	expect(broken).toEqual([]);
});

test('a disk that is full when messages are to leave: none does before its claim is written, the Outbox says so, and with room each leaves once', async ({
	practice,
	page,
	context,
	desk,
}) => {
	const disk = await openSmallDisk(context, page, desk.relay.url, 14_000_000);
	await practice.open();
	await practice.fillInPractice();
	await practice.sendAtOnce();
	const content = makePracticeFile({ rows: 6, seed: 9, isPlain: true });
	await practice.importFile({ name: 'clients.csv', content });
	await practice.openReport();
	await context.setOffline(true);
	await practice.sendInvitations();
	await expect(page.getByText(/6 .* queued/).first()).toBeVisible();
	await disk.fill();
	await context.setOffline(false);
	await practice.openOutbox();
	await expect(page.getByText('Sending stands still')).toBeVisible();
	await expect(page.getByText(/no room left to save/)).toBeVisible();
	await lookAt(page, 'an outbox that cannot note what leaves');
	expect(desk.smtp.mails).toEqual([]);

	await disk.free();
	await page.getByRole('button', { name: 'Try again' }).click();
	await expect.poll(() => desk.smtp.mails.length).toBe(6);
	await expect(page.getByText('6 sent, nothing waits')).toBeVisible();
	await expect(page.getByText('Sending stands still')).toBeHidden();
	const inboxes = desk.smtp.mails.flatMap(({ recipients }) => recipients);
	expect(new Set(inboxes).size).toBe(6);
	expect(inboxes).toHaveLength(6);
});

test('no room to keep the app for offline: it works all the same, and takes none of the clients’ room', async ({
	practice,
	page,
	context,
	desk,
}) => {
	await openSmallDisk(context, page, desk.relay.url, 1_500_000);
	const starting = context.waitForEvent('serviceworker');
	await page.goto(desk.relay.url);
	await starting;
	const kept = () =>
		page.evaluate(async () => [
			(await navigator.serviceWorker.getRegistrations()).length,
			(await caches.keys()).length,
		]);
	await expect.poll(kept).toEqual([0, 0]);
	const content = makePracticeFile({ rows: 20, seed: 9, isPlain: true });
	expect(await practice.importFile({ name: 'clients.csv', content })).toMatchObject({
		created: 20,
	});
	await page.reload();
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await practice.goTo('clients');
	await expect(page.getByText('20 clients').first()).toBeVisible();
});

/** Where the file is that was saved. */
async function backUp(practice: Practice): Promise<string> {
	const { page } = practice;
	await practice.goTo('settings/backup-and-storage');
	await page.getByRole('button', { name: 'Back up now' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('Passphrase', { exact: true }).fill(passphrase);
	await dialog.getByLabel('Passphrase again').fill(passphrase);
	await expect(dialog.getByText('Very good.')).toBeVisible();
	const downloading = page.waitForEvent('download');
	await dialog.getByRole('button', { name: 'Save backup' }).click();
	return (await downloading).path();
}
