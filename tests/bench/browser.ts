import { chromium, type Page } from '@playwright/test';
import { findChromium } from '../../scripts/install.mjs';

const switches = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** A browser that has just started is busy with itself. */
const settlingMs = 500;

let executablePath: string | undefined;

/**
 * Runs `task` on a page of a browser of its own with the profile in `folder`, on disk (an incognito
 * profile keeps IndexedDB in memory): what is open in one task is closed for the next.
 */
export async function onFreshPage<Result>(
	folder: string,
	url: string,
	task: (page: Page) => Promise<Result>,
): Promise<Result> {
	executablePath ??= findChromium();
	const context = await chromium.launchPersistentContext(folder, {
		headless: true,
		args: switches,
		...(executablePath ? { executablePath } : {}),
	});
	try {
		const page = context.pages()[0] ?? (await context.newPage());
		page.setDefaultTimeout(0);
		page.on('pageerror', (error) => console.error(`The page met an error: ${error.message}`));
		await page.goto(url);
		await page.waitForFunction(() => 'bench' in globalThis);
		await page.waitForTimeout(settlingMs);
		return await task(page);
	} finally {
		await context.close();
	}
}
