import { chromium } from '@playwright/test';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import config from '../../playwright.config.ts';
import { makePracticeFile } from '../support/practice-file.ts';
import { expect, Practice, test } from './desk.ts';
import { listedIn } from './listed.ts';

test.use({ serviceWorkers: 'allow' });

const control = 'A Plain Record plain@control.example';

function filesBelow(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
		entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
	);
}

test('no name, address or phone is in any file that the browser wrote, and all is there after a restart', async ({
	desk,
}) => {
	const profile = mkdtempSync(join(tmpdir(), 'portico-profile-'));
	const content = makePracticeFile({ rows: 300, seed: 61, isPlain: true });
	const launch = () => chromium.launchPersistentContext(profile, config.use?.launchOptions ?? {});
	try {
		let context = await launch();
		let practice = new Practice(await context.newPage(), desk.relay.url);
		await practice.open();
		await practice.importFile({ name: 'clients.csv', content });
		await practice.goTo('clients');
		await expect(practice.page.getByText('300 clients').first()).toBeVisible();
		// What stands there in the clear is found: the search can fail.
		await practice.page.evaluate(
			(text) =>
				new Promise<void>((resolve, reject) => {
					const opening = indexedDB.open('control', 1);
					opening.onupgradeneeded = () => opening.result.createObjectStore('plain').put(text, 1);
					opening.onsuccess = () => resolve();
					opening.onerror = () => reject(opening.error);
				}),
			control,
		);
		await context.close();

		const database = filesBelow(profile).filter((path) => /IndexedDB|Local Storage/.test(path));
		expect(database.length).toBeGreaterThan(2);
		const bytes = Buffer.concat(database.map((path) => readFileSync(path)));
		expect(holds(bytes, control)).toBe(true);
		const telling = listedIn(content).flatMap(({ name, address }) => [name, address]);
		expect(telling.filter((text) => holds(bytes, text))).toEqual([]);

		context = await launch();
		practice = new Practice(await context.newPage(), desk.relay.url);
		await practice.open();
		await practice.goTo('clients');
		await expect(practice.page.getByText('300 clients').first()).toBeVisible();
		await context.close();
	} finally {
		rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
	}
});

function holds(bytes: Buffer, text: string): boolean {
	return bytes.includes(Buffer.from(text, 'utf8')) || bytes.includes(Buffer.from(text, 'utf16le'));
}
