import type { Page } from '@playwright/test';
import { makePracticeFile } from '../support/practice-file.ts';
import { Random } from '../support/random.ts';
import { expect, type Practice, test } from './desk.ts';

/** PORTICO_LOCKS=20 for the long run, which locks at random moments. */
const rounds = Number(process.env.PORTICO_LOCKS ?? 1);
/** One round alone holds every job back, so that the lock is sure to come in its midst. */
const isSure = rounds === 1;
const passphrase = 'copper lantern under seven willows';
const longestMs = 900;
const many = 6_000;

test('locked from another tab in the midst of an import, a backup and a restore: all is as before or as after, no key is left, and it is said what became of it', async ({
	practice,
	page,
	context,
}) => {
	test.setTimeout(300_000 + rounds * 120_000);
	const seed = Number(process.env.PORTICO_SEED ?? Date.now() % 1_000_000);
	console.log(`Seed ${seed} (PORTICO_SEED)`);
	const random = new Random(seed);
	// A window for choosing a place can't be answered by a test: then it is a download.
	await context.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
	await practice.open();
	const content = makePracticeFile({ rows: many, seed: 9, isPlain: true });
	await practice.importFile({ name: 'clients.csv', content });
	const downloading = page.waitForEvent('download');
	await fillBackup(practice);
	await page.getByRole('button', { name: 'Save backup' }).click();
	const file = await (await downloading).path();
	await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
	await setPassphrase(practice);
	const other = await practice.inNewTab(context);
	const more = makePracticeFile({ rows: many, seed: 21, isPlain: true }).replaceAll('@', '.more@');
	const seen: string[] = [];
	let clients = many;

	/** The other tab locks a while after `start`; `after`: how many clients there are if that went through. */
	async function lockIn(start: () => Promise<void>, after: number, words: [RegExp, RegExp]) {
		await other.page.getByRole('button', { name: 'Settings' }).click();
		const lock = other.page.getByRole('menuitem', { name: 'Lock now' });
		await expect(lock).toBeVisible();
		if (isSure) await holdCommits(other.page);
		await start();
		if (!isSure) await page.waitForTimeout(random.below(longestMs));
		await lock.click();
		for (const each of [page, other.page]) {
			await expect(each.getByRole('heading', { name: 'Portico is locked' })).toBeVisible();
			expect(each.workers()).toHaveLength(0);
		}
		// Nobody who holds the key is left to hand it over.
		await other.page.reload();
		await expect(other.page.getByLabel('Passphrase')).toBeVisible();
		// Unless it is held back, a job may have been over before the lock: then there is nothing to tell.
		const isNoted = await page.evaluate(() => 'portico-interrupted' in sessionStorage);
		if (isSure) expect(isNoted).toBe(true);
		await page.getByLabel('Passphrase').fill(passphrase);
		await page.getByRole('button', { name: 'Unlock', exact: true }).click();
		const told = page.getByRole('listitem').filter({ hasText: 'Portico was locked' });
		const text = isNoted ? await told.innerText() : '';
		await expect(page.getByRole('button', { name: 'Settings' })).toBeVisible();
		await practice.goTo('clients');
		const there = page.getByText(/^[\d,]+ clients$/).first();
		await expect(there).toBeVisible();
		const found = Number((await there.innerText()).replace(/\D/g, ''));
		const [done, stopped] = words;
		expect(found).toBe(stopped.test(text) ? clients : after);
		if (isNoted) expect(text).toMatch(stopped.test(text) ? stopped : done);
		seen.push(text.split('.')[1]?.trim() ?? 'over before');
		if (isNoted) await told.getByRole('button', { name: 'Dismiss' }).click();
		await expect(other.page.getByRole('button', { name: 'Settings' })).toBeVisible();
		clients = found;
	}

	for (let round = 0; round < rounds; round++) {
		await practice.chooseFile({ name: 'more.csv', content: more });
		const read = page.getByText(/^The whole file is read: [\d,]+ new/);
		await expect(read).toBeAttached();
		const fresh = Number(/[\d,]+/.exec(await read.innerText())?.[0].replace(/\D/g, ''));
		expect(fresh).toBeGreaterThan(0);
		const take = () => page.getByRole('button', { name: /^Import( |$)/ }).click();
		await lockIn(take, many + fresh, [
			/All of the file is here/,
			/Nothing of the file was taken in/,
		]);

		await fillBackup(practice);
		const save = () => page.getByRole('button', { name: 'Save backup' }).click();
		await lockIn(save, clients, [/The backup was made/, /It was not finished/]);

		await practice.goTo('settings/backup-and-storage');
		await page.getByRole('link', { name: 'Restore a backup' }).click();
		await page.getByLabel('Choose backup').setInputFiles(file);
		await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
		await page.getByRole('button', { name: 'Look inside' }).click();
		await page.getByRole('radio', { name: /Replace/ }).click();
		await page.getByRole('button', { name: 'Restore…' }).click();
		const question = page.getByRole('alertdialog');
		const replace = () => question.getByRole('button', { name: 'Replace everything' }).click();
		await lockIn(replace, many, [/All of the backup is here/, /Nothing of the backup was taken/]);
	}
	await practice.goTo('settings/security');
	await page.getByRole('button', { name: 'Verify history' }).click();
	await expect(page.getByText('The history is whole')).toBeVisible();
	console.log(seen.join(' | '));
});

/** No commit of any tab is over while this one lives: it keeps a transaction open, until it is reloaded. */
async function holdCommits(page: Page): Promise<void> {
	await page.evaluate(
		() =>
			new Promise<void>((resolve, reject) => {
				const opening = indexedDB.open('portico');
				opening.onerror = () => reject(opening.error ?? new Error());
				opening.onsuccess = () => {
					const heads = opening.result.transaction('heads', 'readwrite').objectStore('heads');
					const goOn = () => {
						heads.count().onsuccess = goOn;
						resolve();
					};
					heads.count().onsuccess = goOn;
				};
			}),
	);
}

async function fillBackup(practice: Practice): Promise<void> {
	const { page } = practice;
	await practice.goTo('settings/backup-and-storage');
	await page.getByRole('button', { name: 'Back up now' }).click();
	await fillTwice(page, 'Passphrase');
}

async function setPassphrase(practice: Practice): Promise<void> {
	const { page } = practice;
	await practice.goTo('settings/security');
	await page.getByRole('button', { name: 'Set a passphrase' }).click();
	await fillTwice(page, 'New passphrase');
	await page.getByRole('button', { name: 'Set passphrase' }).click();
	const dialog = page.getByRole('alertdialog', { name: 'Your recovery code' });
	await dialog.getByLabel('I have put it in a safe place').click();
	await dialog.getByRole('button', { name: 'Done' }).click();
	await expect(dialog).toBeHidden();
}

async function fillTwice(page: Page, label: string): Promise<void> {
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel(label, { exact: true }).fill(passphrase);
	await dialog.getByLabel(`${label} again`).fill(passphrase);
	await expect(dialog.getByText('Very good.')).toBeVisible();
}
