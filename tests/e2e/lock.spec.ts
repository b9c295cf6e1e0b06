import type { BrowserContext, Page } from '@playwright/test';
import { heapStrings } from '../support/heap.ts';
import { makePracticeFile } from '../support/practice-file.ts';
import { expect, type Practice, test } from './desk.ts';
import { tabTo } from './keys.ts';
import { listedIn } from './listed.ts';

test.use({ hasSmtp: true, serviceWorkers: 'allow' });

const passphrase = 'copper lantern under seven willows';

/** By keyboard alone. */
async function setPassphrase(practice: Practice): Promise<string> {
	const { page } = practice;
	const { keyboard } = page;
	await practice.goTo('settings/security');
	await expect(page.getByRole('button', { name: 'Set a passphrase' })).toBeVisible();
	await tabTo(page, /^Set a passphrase$/);
	await keyboard.press('Enter');
	await expect(page.getByLabel('New passphrase', { exact: true })).toBeFocused();
	await keyboard.type(passphrase);
	await expect(page.getByText('Very good.')).toBeVisible();
	await keyboard.press('Tab');
	await keyboard.type(passphrase);
	await keyboard.press('Enter');
	const dialog = page.getByRole('alertdialog', { name: 'Your recovery code' });
	const code = await dialog.getByText(/^(\w{5}-){4}\w{5}$/).innerText();
	await tabTo(page, /^I have put it in a safe place$/);
	await keyboard.press('Space');
	await tabTo(page, /^Done$/);
	await keyboard.press('Enter');
	await expect(dialog).toBeHidden();
	return code;
}

async function lockNow(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Settings' }).click();
	await page.getByRole('menuitem', { name: 'Lock now' }).click();
}

const isLocked = (page: Page) =>
	expect(page.getByRole('heading', { name: 'Portico is locked' })).toBeVisible();

/** By keyboard alone: what was typed before is selected. */
async function unlock(page: Page, words: string): Promise<void> {
	await expect(page.getByLabel('Passphrase')).toBeFocused();
	await page.keyboard.type(words);
	await page.keyboard.press('Enter');
}

/** What of these texts is in the memory of a page, and in what the browser keeps for it in the clear. */
async function tellingIn(context: BrowserContext, page: Page, texts: readonly string[]) {
	const session = await context.newCDPSession(page);
	const heap = await heapStrings(session);
	await session.detach();
	const kept = await page.evaluate(async () => {
		const pieces = [document.documentElement.outerHTML, document.title];
		pieces.push(JSON.stringify(localStorage), JSON.stringify(sessionStorage));
		for (const name of await caches.keys()) {
			pieces.push(name);
			for (const request of await (await caches.open(name)).keys()) {
				pieces.push(request.url, (await (await caches.match(request))?.text()) ?? '');
			}
		}
		return pieces.join('\n');
	});
	return texts.filter((text) => heap.includes(text) || kept.includes(text));
}

test('locked: nobody is in memory, on screen or in storage, in any tab; the outbox waits, and goes on after unlocking', async ({
	practice,
	page,
	desk,
	context,
}) => {
	const content = makePracticeFile({ rows: 12, seed: 77, isPlain: true });
	const clients = listedIn(content);
	const telling = clients.flatMap(({ name, address }) => [name, address]);
	await practice.open();
	await practice.fillInPractice();
	await practice.importFile({ name: 'clients.csv', content });
	const code = await setPassphrase(practice);
	const second = await practice.inNewTab(context);
	await second.goTo('clients');
	await expect(second.page.getByText('12 clients').first()).toBeVisible();
	await practice.openReport();
	await context.setOffline(true);
	await practice.sendInvitations();
	// The search can fail: unlocked, they are there.
	expect((await tellingIn(context, second.page, telling)).length).toBeGreaterThan(12);

	await lockNow(page);
	for (const each of [page, second.page]) {
		await isLocked(each);
		await expect(each.getByText('12 waiting, unlock to send')).toBeVisible();
		await expect(each).toHaveTitle('Portico is locked');
		expect(await tellingIn(context, each, [...telling, passphrase, code])).toEqual([]);
	}
	// Back online, with the worker woken: nothing leaves while it is locked.
	await context.setOffline(false);
	const scope = `${desk.relay.url}/`;
	const session = await context.newCDPSession(page);
	const registrationId = await new Promise<string>((resolve) => {
		session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
			const ours = registrations.find(({ scopeURL }) => scopeURL === scope);
			if (ours) resolve(ours.registrationId);
		});
		void session.send('ServiceWorker.enable');
	});
	await session.send('ServiceWorker.dispatchSyncEvent', {
		origin: desk.relay.url,
		registrationId,
		tag: 'portico-outbox',
		lastChance: false,
	});

	await unlock(page, 'not this one');
	await expect(page.getByText('That is not the passphrase')).toBeVisible();
	expect(desk.smtp.mails).toEqual([]);
	await unlock(page, passphrase);
	// The other tab opens with it.
	await expect(second.page.getByText('12 clients').first()).toBeVisible();
	await expect.poll(() => desk.smtp.mails.length, { timeout: 300_000, intervals: [500] }).toBe(12);
	expect(new Set(desk.smtp.mails.flatMap((mail) => mail.recipients)).size).toBe(12);

	// Opened anew it is locked; the recovery code opens it too.
	await second.page.close();
	await page.reload();
	await isLocked(page);
	await page.getByRole('button', { name: 'Use the recovery code' }).click();
	await page.getByLabel('Recovery code').fill(code.toLowerCase());
	await page.getByRole('button', { name: 'Unlock', exact: true }).click();
	await practice.goTo('clients');
	await expect(page.getByText('12 clients').first()).toBeVisible();

	// Who has neither passphrase nor code nor passkey can begin anew.
	await lockNow(page);
	await isLocked(page);
	await page.getByRole('button', { name: 'Erase everything' }).click();
	const question = page.getByRole('alertdialog');
	await question.getByLabel(/^Type/).fill('erase everything');
	await question.getByRole('button', { name: 'Erase everything' }).click();
	await expect(page.getByRole('heading', { name: 'Everything was erased' })).toBeVisible();
	expect(
		await page.evaluate(async () => [
			...(await indexedDB.databases()).map(({ name }) => name),
			...(await caches.keys()),
			...Object.keys(localStorage),
			...Object.keys(sessionStorage),
		]),
	).toEqual([]);
	await page.goto('about:blank');
	await practice.open();
	await expect(
		page.getByRole('heading', { name: 'Invite every client to your portal' }),
	).toBeVisible();
});

test('a passkey unlocks; idle time locks; without a passphrase it is as before', async ({
	practice,
	page,
	context,
}) => {
	await page.clock.install();
	const session = await context.newCDPSession(page);
	await session.send('WebAuthn.enable');
	await session.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			ctap2Version: 'ctap2_1',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			hasPrf: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
		},
	});
	// A passkey is of a name, not of a number.
	Object.assign(practice, { url: practice.url.replace('127.0.0.1', 'localhost') });
	await practice.open();
	await practice.importFile({
		name: 'clients.csv',
		content: makePracticeFile({ rows: 5, seed: 78, isPlain: true }),
	});
	await setPassphrase(practice);
	await page.getByRole('button', { name: 'Add a passkey' }).click();
	await page.getByLabel('Current passphrase').fill(passphrase);
	await page.getByRole('dialog').getByRole('button', { name: 'Add a passkey' }).click();
	await expect(page.getByText(/^Passkey of/)).toBeVisible();
	await page.getByLabel('Lock when nobody used it for').selectOption('5 minutes');
	await expect(page.getByLabel('Lock when nobody used it for')).toHaveValue('5');

	await page.clock.fastForward(4 * 60_000 + 45_000);
	await page.getByRole('button', { name: 'Stay unlocked' }).click();
	await page.clock.fastForward(4 * 60_000);
	await expect(page.getByLabel('Lock when nobody used it for')).toBeVisible();
	await page.clock.fastForward(2 * 60_000);
	await isLocked(page);
	await page.getByRole('button', { name: 'Unlock with passkey' }).click();
	await expect(page.getByRole('button', { name: 'Remove passphrase' })).toBeVisible();

	await page.getByRole('button', { name: 'Remove passphrase' }).click();
	const removing = page.getByRole('dialog');
	await page.getByLabel('Current passphrase').fill('not this one');
	await removing.getByRole('button', { name: 'Remove passphrase' }).click();
	await expect(removing.getByText('That is not the passphrase')).toBeVisible();
	await page.getByLabel('Current passphrase').fill(passphrase);
	await removing.getByRole('button', { name: 'Remove passphrase' }).click();
	await expect(page.getByRole('button', { name: 'Set a passphrase' })).toBeVisible();
	await page.getByRole('button', { name: 'Settings' }).click();
	await expect(page.getByRole('menuitem', { name: 'Account Settings' })).toBeVisible();
	await expect(page.getByRole('menuitem', { name: 'Lock now' })).toHaveCount(0);
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: 'Verify history' }).click();
	await expect(page.getByText('The history is whole')).toBeVisible();
	await page.reload();
	await expect(page.getByRole('button', { name: 'Set a passphrase' })).toBeVisible();
	await practice.goTo('clients');
	await expect(page.getByText('5 clients').first()).toBeVisible();
});
