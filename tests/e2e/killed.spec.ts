import { type BrowserContext, chromium } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processOf } from '../support/browser-process.ts';
import { makePracticeFile } from '../support/practice-file.ts';
import { Random } from '../support/random.ts';
import { expect, Practice, test } from './desk.ts';
import { listedIn } from './listed.ts';

/** PORTICO_KILLED_MESSAGES=500 for the long run. */
const rows = Number(process.env.PORTICO_KILLED_MESSAGES ?? 80);
const mostKills = 5;

test.use({ hasSmtp: true, serviceWorkers: 'allow' });

test('the browser killed at random moments of a run, again and again: exactly one mail a message', async ({
	desk,
	launchOptions,
}) => {
	const seed = Number(process.env.PORTICO_SEED ?? Date.now() % 1_000_000);
	console.log(`Seed ${seed} (PORTICO_SEED)`);
	const random = new Random(seed);
	const folder = mkdtempSync(join(tmpdir(), 'portico-profile-'));
	const profile = join(folder, 'profile');
	// A browser that is killed leaves what it put aside for a while: in here it goes with the rest.
	const env = { ...process.env, TMPDIR: folder };
	const start = (): Promise<BrowserContext> =>
		chromium.launchPersistentContext(profile, { ...launchOptions, headless: true, env });
	const content = makePracticeFile({ rows, seed: 14, isPlain: true });
	let context = await start();
	try {
		const practice = new Practice(context.pages()[0] ?? (await context.newPage()), desk.relay.url);
		await practice.open();
		await practice.fillInPractice();
		await practice.setPace(100);
		await practice.importFile({ name: 'clients.csv', content });
		await practice.openReport();
		await practice.sendInvitations();
		await expect.poll(() => desk.smtp.mails.length, { timeout: 300_000 }).toBeGreaterThan(0);
		for (let kill = 0; kill < mostKills && desk.smtp.mails.length < rows; kill += 1) {
			const until = desk.smtp.mails.length + 1 + random.below(rows / mostKills);
			await expect
				.poll(() => desk.smtp.mails.length, { timeout: 120_000, intervals: [5] })
				.toBeGreaterThanOrEqual(Math.min(until, rows));
			const closed = new Promise((resolve) => context.once('close', resolve));
			process.kill(processOf(profile), 'SIGKILL');
			await closed;
			context = await start();
			const page = context.pages()[0] ?? (await context.newPage());
			await page.goto(`${desk.relay.url}/#/outbox`);
		}
		await expect
			.poll(() => textOf(context), { timeout: 300_000 })
			.toMatch(new RegExp(`\\b${rows} sent`));
		const reached = desk.smtp.mails.flatMap((mail) => mail.recipients);
		const listed = listedIn(content).map((client) => client.address);
		expect(reached.toSorted()).toEqual(listed.toSorted());
	} finally {
		await context.close();
		rmSync(folder, { recursive: true, force: true });
	}
});

async function textOf(context: BrowserContext): Promise<string> {
	return (await context.pages()[0]?.getByRole('main').innerText()) ?? '';
}
