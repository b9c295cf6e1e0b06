// `npm run screenshots`: pictures of the running app, made from the sample practice; two of them stand in the README.
// With a folder as argument: every screen, in both schemes, wide and narrow, for looking at.
import { chromium, type Page } from '@playwright/test';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRelayProcess } from '../tests/support/relay-process.ts';
import { findChromium } from './install.mjs';

const everyScreen = process.argv[2];
const folder = everyScreen ?? 'docs/pictures';
mkdirSync(folder, { recursive: true });
const dataFolder = mkdtempSync(join(tmpdir(), 'portico-pictures-'));
const relay = await startRelayProcess({ dataFolder });
const executablePath = findChromium();
const browser = await chromium.launch({
	...(executablePath ? { executablePath } : {}),
	args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

const screens: [name: string, path: string][] = [
	['home', ''],
	['report', 'report'],
	['outbox', 'outbox'],
	['clients', 'clients'],
	['practice', 'settings/practice'],
	['invitation', 'settings/invitation'],
	['email-relay', 'settings/email-relay'],
	['import-center', 'settings/import-center'],
	['import', 'settings/import-center/import'],
	['storage', 'settings/backup-and-storage'],
];

/** Takes the sample practice in, fills in the practice, sends its first invitations. */
async function prepare(page: Page): Promise<void> {
	await page.goto(`${relay.url}/`);
	await page.getByRole('button', { name: 'Try it with a sample practice' }).click();
	await page
		.getByText(/not been invited/)
		.first()
		.waitFor();
	await goTo(page, 'settings/practice');
	await page.getByLabel('Practice name').fill('Harbor Practice');
	await page.getByLabel('Your name').fill('Dana Reyes');
	await page.getByLabel('Reply-to address').fill('dana@harbor.example');
	await page.getByLabel('Portal address').fill('https://portal.example/join');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await page.getByText('Saved').first().waitFor();
}

async function send(page: Page): Promise<void> {
	await goTo(page, 'report');
	await page.getByRole('button', { name: 'Send Invitation', exact: true }).click();
	const dialog = page.getByRole('alertdialog');
	if (everyScreen) await page.screenshot({ path: `${folder}/dialog.png` });
	await dialog.getByRole('button', { name: /^Send \d/ }).click();
	await dialog.waitFor({ state: 'hidden' });
}

async function goTo(page: Page, path: string): Promise<void> {
	await page.evaluate((hash) => (location.hash = hash), `#/${path}`);
	await page.waitForTimeout(600);
}

try {
	const size = { width: 1280, height: 800 };
	if (!everyScreen) {
		const context = await browser.newContext({ viewport: size, colorScheme: 'light' });
		const page = await context.newPage();
		await prepare(page);
		await goTo(page, 'report');
		await page.screenshot({ path: `${folder}/report.png` });
		await send(page);
		await goTo(page, 'outbox');
		await page
			.getByText(/[1-9]\d* sent/)
			.first()
			.waitFor({ timeout: 60_000 });
		await page.waitForTimeout(12_000);
		await page.screenshot({ path: `${folder}/outbox.png` });
	} else {
		for (const colorScheme of ['light', 'dark'] as const)
			for (const width of [1280, 320]) {
				const context = await browser.newContext({
					viewport: { width, height: width === 320 ? 700 : 800 },
					colorScheme,
				});
				const page = await context.newPage();
				await page.goto(`${relay.url}/`);
				await page.waitForTimeout(800);
				const picture = (name: string) =>
					page.screenshot({ path: `${folder}/${name}-${colorScheme}-${width}.png` });
				await picture('first');
				await prepare(page);
				for (const [name, path] of screens) {
					await goTo(page, path);
					await picture(name);
				}
				await send(page);
				await page.waitForTimeout(400);
				await picture('report-sent');
				await page.waitForTimeout(14_000);
				await goTo(page, 'outbox');
				await picture('outbox-sent');
				await goTo(page, '');
				await picture('home-sent');
				await context.close();
			}
	}
} finally {
	await browser.close();
	await relay.kill();
	rmSync(dataFolder, { recursive: true, force: true });
}
