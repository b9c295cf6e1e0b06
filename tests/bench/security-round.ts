import type { Page } from '@playwright/test';
import { assertEqual, type SecurityCosts, shuffled } from './measurement.ts';
import type { RoundPlan } from './round.ts';

type OnPage = <Result>(task: (page: Page) => Promise<Result>) => Promise<Result>;

/** Each figure on a page of its own, with one profile: sealed and unsealed in a shuffled order. */
export async function measureSecurity(on: OnPage, plan: RoundPlan): Promise<SecurityCosts> {
	await on(async (page) => {
		await page.setInputFiles('input', plan.files.realistic);
		await page.evaluate(() => bench.take('portico'));
		await page.evaluate(() => bench.security.copyUnsealed());
	});
	const open = { sealed: 0, unsealed: 0 };
	const backup = { sealed: 0, unsealed: 0 };
	const sums = { open: [] as [string, string][], backup: [] as [string, string][] };
	for (const sealing of shuffled(['sealed', 'unsealed'] as const, plan.random))
		await on(async (page) => {
			const opened = await page.evaluate((how) => bench.security.openAll(how), sealing);
			const backedUp = await page.evaluate((how) => bench.security.backUpAll(how), sealing);
			open[sealing] = opened.ms;
			backup[sealing] = backedUp.ms;
			sums.open.push([sealing, opened.checksum]);
			sums.backup.push([sealing, backedUp.checksum]);
		});
	assertEqual('security', sums.open);
	assertEqual('security', sums.backup);
	const protect = await on((page) => page.evaluate(() => bench.security.protectAll()));
	return on(async (page) => {
		const unlock = await page.evaluate(() => bench.security.unlockAll());
		await page.evaluate(() => bench.security.openAll('sealed'));
		const startedAt = performance.now();
		await page.reload();
		const lock = performance.now() - startedAt;
		return { open, backup, protect, unlock, lock };
	});
}
