import type { Page } from '@playwright/test';
import { makePracticeFile } from '../support/practice-file.ts';
import { lookAt } from './axe.ts';
import { expect, Practice, test } from './desk.ts';
import { tabTo } from './keys.ts';

test.use({ serviceWorkers: 'allow' });

const passphrase = 'seven quiet lamps over the harbour';
const rows = 30;

/** What would run if any screen took a name for HTML. */
const hostile = [
	`<img src=x onerror='window.hacked=1'>`,
	`"><script>window.hacked=1</script>`,
	`{@html '<svg onload=window.hacked=1>'}`,
];

/** All that the browser keeps for this site. */
const kept = (page: Page) =>
	page.evaluate(async () => ({
		databases: (await indexedDB.databases()).map(({ name }) => name),
		caches: await caches.keys(),
		local: Object.keys(localStorage),
		session: Object.keys(sessionStorage),
		workers: (await navigator.serviceWorker.getRegistrations()).filter(
			({ active }) => active && active !== navigator.serviceWorker.controller,
		).length,
	}));

test('backup, verify, erase, restore: the same clients are back, what was queued is held, nothing was sent', async ({
	practice,
	page,
	context,
	desk,
}) => {
	// A window for choosing a place can't be answered by a test: then it is a download.
	await context.addInitScript(() => {
		Reflect.deleteProperty(window, 'showSaveFilePicker');
		// The site's own file system stands in for the folder that a person would choose.
		const showDirectoryPicker = async () =>
			(await navigator.storage.getDirectory()).getDirectoryHandle('backups', { create: true });
		Object.assign(window, { showDirectoryPicker });
	});
	const [head = '', ...lines] = makePracticeFile({ rows, seed: 71, isPlain: true }).split('\r\n');
	const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
	const named = lines.map((line, at) =>
		hostile[at] ? line.replace(/^("(?:[^"]|"")*"|[^,]*)/, cell(hostile[at])) : line,
	);
	await practice.open();
	await practice.fillInPractice();
	await practice.importFile({ name: 'clients.csv', content: [head, ...named].join('\r\n') });
	const other = await practice.inNewTab(context);
	await practice.openReport();
	await practice.sendInvitations();
	// Within the time in which it can be undone: all of it is queued.
	await context.setOffline(true);

	await practice.goTo('settings/backup-and-storage');
	await expect(page.getByText('There is no backup yet.')).toBeVisible();
	// By keyboard alone.
	await tabTo(page, /^Back up now$/);
	await page.keyboard.press('Enter');
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByLabel('Passphrase', { exact: true })).toBeFocused();
	await page.keyboard.type(passphrase);
	await page.keyboard.press('Tab');
	await page.keyboard.type(`${passphrase}!`);
	await expect(dialog.getByText('Very good.')).toBeVisible();
	await page.keyboard.press('Enter');
	await expect(dialog.getByText('The two are not the same.')).toBeVisible();
	await lookAt(page, 'Back up now');
	await expect(dialog.getByLabel('Passphrase again')).toBeFocused();
	await page.keyboard.press('Backspace');
	const downloading = page.waitForEvent('download');
	await tabTo(page, /^Save backup$/);
	await page.keyboard.press('Enter');
	const download = await downloading;
	expect(download.suggestedFilename()).toMatch(/^portico-\d{4}-\d{2}-\d{2}\.portico-backup$/);
	const file = await download.path();
	await expect(dialog.getByText('The backup is saved')).toBeVisible();
	await dialog.getByRole('button', { name: 'Done' }).click();
	await expect(page.getByText('The last backup is of today; nothing changed since.')).toBeVisible();

	await page.getByRole('button', { name: 'Verify backup' }).click();
	await dialog.getByLabel('Choose backup').setInputFiles(file);
	await dialog.getByLabel('Passphrase', { exact: true }).fill('not the one at all');
	await dialog.getByRole('button', { name: 'Verify this file' }).click();
	await expect(dialog.getByText('This passphrase does not open this backup')).toBeVisible();
	await lookAt(page, 'Verify backup');
	await dialog.getByLabel('Passphrase', { exact: true }).fill(passphrase);
	await dialog.getByRole('button', { name: 'Verify this file' }).click();
	await expect(dialog.getByText('This backup is whole')).toBeVisible();
	await expect(dialog.getByText(`${rows} clients`)).toBeVisible();
	await dialog.getByRole('button', { name: 'Done' }).click();
	await expect(page.getByText(/found whole on/)).toBeVisible();

	await page.getByRole('button', { name: 'Erase everything' }).click();
	const question = page.getByRole('alertdialog');
	await question.getByRole('button', { name: 'Erase everything' }).click();
	await expect(question.getByText('Type the two words')).toBeVisible();
	await lookAt(page, 'Erase everything');
	await question.getByLabel(/^Type/).fill('erase everything');
	await question.getByRole('button', { name: 'Erase everything' }).click();
	await expect(page.getByRole('heading', { name: 'Everything was erased' })).toBeVisible();
	expect(await kept(page)).toMatchObject({
		...{ databases: [], caches: [], local: [], session: [], workers: 0 },
	});
	await expect(other.page.getByText(/storage was removed/)).toBeVisible();
	await other.page.close();
	expect((await kept(page)).local).toEqual([]);

	await context.setOffline(false);
	const again = new Practice(page, desk.relay.url);
	await page.goto('about:blank');
	await again.open();
	await expect(
		page.getByRole('heading', { name: 'Invite every client to your portal' }),
	).toBeVisible();
	await again.goTo('settings/backup-and-storage');
	await page.getByRole('link', { name: 'Restore a backup' }).click();
	await page.getByLabel('Choose backup').setInputFiles(file);
	await tabTo(page, /^Passphrase$/);
	await page.keyboard.type(passphrase);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('button', { name: 'Restore…' })).toBeVisible();
	await lookAt(page, 'what is inside');
	await tabTo(page, /^Restore…$/);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('alertdialog')).toBeVisible();
	await tabTo(page, /^Restore$/);
	await page.keyboard.press('Enter');
	await expect(page.getByText('The backup is restored')).toBeVisible();
	await expect(page.getByText(`${rows} messages wait for you in the outbox`)).toBeVisible();

	await page.getByRole('link', { name: 'Open the clients' }).click();
	await expect(page.getByText(`${rows} clients`).first()).toBeVisible();
	await page.getByRole('searchbox').fill('onerror');
	await expect(page.getByText('<img src=x onerror=').first()).toBeVisible();
	await again.openOutbox();
	await expect(page.getByRole('main')).toContainText(`${rows} need you`);
	await page.reload();
	await expect(page.getByRole('main')).toContainText(`${rows} need you`);
	expect(await page.evaluate(() => (window as { hacked?: number }).hacked)).toBeUndefined();
	const mailbox = await (await fetch(`${desk.relay.url}/mailbox`)).text();
	expect(mailbox).not.toContain('Harbor Practice');

	await again.goTo('settings/backup-and-storage');
	await page.getByRole('button', { name: 'Set up automatic backup' }).click();
	await dialog.getByLabel('Passphrase', { exact: true }).fill(passphrase);
	await dialog.getByLabel('Passphrase again').fill(passphrase);
	await expect(dialog.getByText('Very good.')).toBeVisible();
	await dialog.getByRole('button', { name: 'Choose folder' }).click();
	await expect(page.getByText(/The last one was made on/)).toBeVisible();
	await page.reload();
	await expect(page.getByText(/The last one was made on/)).toBeVisible();
	expect(await filesInFolder(page)).toEqual([
		expect.stringMatching(/^portico-daily-\d{4}-\d{2}-\d{2}\.portico-backup [1-9]\d{3,}$/),
	]);
});

/** Names and sizes of the files in the folder that stands in for a chosen one. */
const filesInFolder = (page: Page) =>
	page.evaluate(async () => {
		const root = await navigator.storage.getDirectory();
		const folder = await root.getDirectoryHandle('backups');
		const handles = (
			folder as unknown as { values(): AsyncIterable<FileSystemFileHandle> }
		).values();
		const files: string[] = [];
		for await (const handle of handles)
			files.push(`${handle.name} ${(await handle.getFile()).size}`);
		return files;
	});
