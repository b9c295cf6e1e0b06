import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSite, serveSite } from '../bench/site.ts';
import { processOf } from '../support/browser-process.ts';
import { Random } from '../support/random.ts';
import { expect, test } from './desk.ts';

/** PORTICO_KILLS=200 for the long run. */
const kills = Number(process.env.PORTICO_KILLS ?? 8);
const longestLifeMs = 900;
const jobs = ['commit', 'commit', 'rekey', 'commit', 'restore'] as const;

interface Vaulted {
	work(first: number, wanted: readonly string[]): Promise<void>;
	check(acknowledged: readonly string[]): Promise<{
		clients: number;
		contacts: number;
		halves: number;
		lost: string[];
	}>;
}

test('the browser killed at random moments of commit, re-key, backup and restore: nothing acknowledged is lost, nothing is half', async ({
	launchOptions,
}) => {
	const seed = Number(process.env.PORTICO_SEED ?? Date.now() % 1_000_000);
	console.log(`Seed ${seed} (PORTICO_SEED)`);
	const random = new Random(seed);
	const folder = mkdtempSync(join(tmpdir(), 'portico-killed-'));
	const profile = join(folder, 'profile');
	const siteFolder = join(folder, 'site');
	mkdirSync(siteFolder);
	await buildSite(siteFolder, 'tests/support/vault-page');
	const site = await serveSite(siteFolder);
	const env = { ...process.env, TMPDIR: folder };
	const acknowledged: string[] = [];
	const struck: Record<string, number> = {};
	let context: BrowserContext | undefined;
	let next = 0;
	let underWay = '';

	async function start(): Promise<{ context: BrowserContext; page: Page }> {
		const started = await chromium.launchPersistentContext(profile, {
			...launchOptions,
			headless: true,
			env,
		});
		const page = started.pages()[0] ?? (await started.newPage());
		page.on('console', (message) => {
			const [what, job = '', id] = message.text().split(' ');
			if (what === 'begins') underWay = job;
			if (what !== 'done') return;
			underWay = '';
			next += 1;
			if (id) acknowledged.push(id);
		});
		await page.goto(site.url);
		await page.waitForFunction(() => 'work' in globalThis);
		return { context: started, page };
	}

	try {
		for (let kill = 0; kill < kills; kill++) {
			const started = await start();
			({ context } = started);
			const { page } = started;
			const { halves, lost, clients, contacts } = await page.evaluate(
				(ids) => (globalThis as unknown as Vaulted).check(ids),
				acknowledged,
			);
			expect({ kill, halves, lost, contacts }).toEqual({
				kill,
				halves: 0,
				lost: [],
				contacts: clients,
			});
			// A commit that was written but not acknowledged has its number already.
			next = kill === 0 ? 0 : next + 1;
			const ready =
				kill === 0 ? page.waitForEvent('console', (line) => line.text() === 'ready') : null;
			const working = page.evaluate(
				([first, wanted]) => (globalThis as unknown as Vaulted).work(first, wanted),
				[next, jobs] as const,
			);
			working.catch(() => undefined);
			await ready;
			await page.waitForTimeout(50 + random.below(longestLifeMs));
			const closed = new Promise((resolve) => started.context.once('close', resolve));
			process.kill(processOf(profile), 'SIGKILL');
			await closed;
			struck[underWay || 'between'] = (struck[underWay || 'between'] ?? 0) + 1;
		}
		const { page, context: last } = await start();
		context = last;
		const end = await page.evaluate(
			(ids) => (globalThis as unknown as Vaulted).check(ids),
			acknowledged,
		);
		expect(end).toMatchObject({ halves: 0, lost: [], contacts: end.clients });
		expect(end.clients).toBeGreaterThanOrEqual(1_500 + acknowledged.length);
		console.log(
			`${kills} kills, in the midst of: ${JSON.stringify(struck)}; ${acknowledged.length} commits acknowledged`,
		);
	} finally {
		await context?.close();
		site.stop();
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
});
