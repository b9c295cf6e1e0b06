import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePracticeFile } from '../support/practice-file.ts';
import { startRelayProcess } from '../support/relay-process.ts';
import { expect, Practice, test } from './desk.ts';

test.use({ hasRelayProcess: true, serviceWorkers: 'allow' });

const content = makePracticeFile({ rows: 30, seed: 21, isPlain: true });

test('after the first visit every screen works with the server gone, an import included', async ({
	practice,
	page,
	desk,
	context,
}) => {
	await practice.open();
	await context.setOffline(true);
	await desk.relay.kill();
	await page.reload();
	for (const path of [
		'',
		'clients',
		'outbox',
		'report',
		'settings/practice',
		'settings/invitation',
		'settings/email-relay',
		'settings/import-center',
		'settings/backup-and-storage',
	]) {
		await practice.goTo(path);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	}
	await practice.fillInPractice();
	expect(await practice.importFile({ name: 'clients.csv', content })).toMatchObject({
		rows: 30,
		created: 30,
	});
	await practice.openReport();
	await expect(page.getByText('30 people, 30 inboxes')).toBeVisible();
	// What reads other kinds of files comes in parts of its own.
	const card = 'BEGIN:VCARD\nVERSION:3.0\nFN:Maya Okafor\nEMAIL:maya@example.com\nEND:VCARD\n';
	expect(await practice.importFile({ name: 'people.vcf', content: card })).toMatchObject({
		created: 1,
	});
});

test('a new version waits for consent and keeps what is queued', async ({ browser }) => {
	const folder = mkdtempSync(join(tmpdir(), 'portico-versions-'));
	const dataFolder = join(folder, 'data');
	const appFolder = join(folder, 'app');
	cpSync('build', appFolder, { recursive: true });
	const env = { PORTICO_APP: appFolder };
	let relay = await startRelayProcess({ env, dataFolder });
	const context = await browser.newContext();
	try {
		const page = await context.newPage();
		const practice = new Practice(page, relay.url);
		await practice.open();
		await practice.fillInPractice();
		await practice.importFile({ name: 'clients.csv', content });
		await practice.openReport();
		await context.setOffline(true);
		await practice.sendInvitations();
		await relay.kill();

		// The next version differs in its service worker, as every version does.
		const worker = join(appFolder, 'service-worker.js');
		writeFileSync(worker, `${readFileSync(worker, 'utf8')}\n// another version\n`);
		for (const ending of ['.br', '.gz']) rmSync(worker + ending);
		relay = await startRelayProcess({
			env: { ...env, PORTICO_SMTP_URL: 'smtp://127.0.0.1:9' },
			dataFolder,
			port: relay.port,
		});
		await context.setOffline(false);
		await page.reload();
		await expect(page.getByText('A new version of Portico is ready')).toBeVisible();
		await practice.openOutbox();
		await expect(page.getByText(/30 waiting/).first()).toBeVisible();
		await page.getByRole('button', { name: 'Update' }).click();
		await expect(page.getByText('A new version of Portico is ready')).toBeHidden();
		await practice.openOutbox();
		await expect(page.getByText(/30 waiting/).first()).toBeVisible();
	} finally {
		await context.close();
		await relay.kill();
		rmSync(folder, { recursive: true, force: true });
	}
});

test('the browser can install it: manifest with icons and shortcuts', async ({ page, desk }) => {
	await page.goto(`${desk.relay.url}/`);
	const href = await page.locator('link[rel=manifest]').getAttribute('href');
	const manifest = await (await page.request.get(new URL(href ?? '', page.url()).href)).json();
	expect(manifest).toMatchObject({ name: expect.any(String), display: 'standalone' });
	const purposes = manifest.icons.map((icon: { purpose?: string }) => icon.purpose ?? 'any');
	expect(purposes).toContain('maskable');
	expect(manifest.shortcuts.length).toBeGreaterThan(1);
	for (const icon of manifest.icons as { src: string }[]) {
		const answer = await page.request.get(new URL(icon.src, `${desk.relay.url}/`).href);
		expect(answer.status()).toBe(200);
	}
});
