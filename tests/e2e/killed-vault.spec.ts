import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSite, serveSite } from '../bench/site.ts';
import { processOf } from '../support/browser-process.ts';
import { Random } from '../support/random.ts';
import { expect, test } from './desk.ts';

/** PORTICO_KILLS=200 for the long run. */
const kills = Number(process.env.PORTICO_KILLS ?? 8);
const longestLifeMs = 900;
const clientsBefore = 1_500;
const jobs = ['commit', 'commit', 'rekey', 'commit', 'restore'] as const;

interface Vaulted {
	furnish(count: number): Promise<void>;
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
	test.setTimeout(120_000 + kills * 15_000);
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
	const log = join(folder, 'chromium.log');
	const acknowledged: string[] = [];
	const struck: Record<string, number> = {};
	let context: BrowserContext | undefined;
	let next = 0;
	let underWay = '';
	let deleted = 0;

	async function start(): Promise<{ context: BrowserContext; page: Page }> {
		const started = await chromium.launchPersistentContext(profile, {
			...launchOptions,
			args: [...(launchOptions.args ?? []), '--enable-logging', `--log-file=${log}`],
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

	const furnish = (page: Page) =>
		page.evaluate((count) => (globalThis as unknown as Vaulted).furnish(count), clientsBefore);

	/** What is there; where the browser itself began anew, a new practice. */
	async function look(page: Page) {
		const check = () =>
			page.evaluate((ids) => (globalThis as unknown as Vaulted).check(ids), acknowledged);
		const found = await check();
		if (found.clients > 0 || !hasBrowserDeleted(log)) return found;
		deleted += 1;
		acknowledged.length = 0;
		await furnish(page);
		return check();
	}

	try {
		// An earlier day of use, ended as usual: a profile that is seconds old Chromium itself may begin anew.
		const first = await start();
		await furnish(first.page);
		await first.context.close();
		for (let kill = 0; kill < kills; kill++) {
			const started = await start();
			({ context } = started);
			const { page } = started;
			const { halves, lost, clients, contacts } = await look(page);
			expect({ kill, halves, lost, contacts }).toEqual({
				kill,
				halves: 0,
				lost: [],
				contacts: clients,
			});
			// A commit that was written but not acknowledged has its number already.
			next += 1;
			const working = page.evaluate(
				([first, wanted]) => (globalThis as unknown as Vaulted).work(first, wanted),
				[next, jobs] as const,
			);
			working.catch(() => undefined);
			await page.waitForTimeout(50 + random.below(longestLifeMs));
			const closed = new Promise((resolve) => started.context.once('close', resolve));
			process.kill(processOf(profile), 'SIGKILL');
			await closed;
			struck[underWay || 'between'] = (struck[underWay || 'between'] ?? 0) + 1;
		}
		const { page, context: last } = await start();
		context = last;
		const end = await look(page);
		expect(end).toMatchObject({ halves: 0, lost: [], contacts: end.clients });
		expect(deleted).toBeLessThanOrEqual(Math.max(2, kills / 40));
		expect(end.clients).toBeGreaterThanOrEqual(clientsBefore + acknowledged.length);
		console.log(
			`${kills} kills, in the midst of: ${JSON.stringify(struck)}; ${acknowledged.length} commits acknowledged; deleted by the browser itself: ${deleted}`,
		);
	} finally {
		await context?.close();
		site.stop();
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
});

/**
 * Now and then Chromium finds its own files inconsistent after it was killed in the midst of compacting
 * them ('checksum mismatch'), and begins with an empty database. No page can prevent that; Portico's
 * witness tells the person. The log of the start says so.
 */
function hasBrowserDeleted(log: string): boolean {
	return existsSync(log) && readFileSync(log, 'utf8').includes('corrupted (and deleted) database');
}
