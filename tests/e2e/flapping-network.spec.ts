import { makePracticeFile } from '../support/practice-file.ts';
import { Random } from '../support/random.ts';
import { expect, test } from './desk.ts';

test.use({ hasSmtp: true, serviceWorkers: 'allow' });

/** PORTICO_FLAPPING_MESSAGES=300 for the long run. */
const rows = Number(process.env.PORTICO_FLAPPING_MESSAGES ?? 120);

test('two windows, a service worker, a network that comes and goes: one POST and one mail each', async ({
	practice,
	desk,
	context,
}) => {
	const seed = Number(process.env.PORTICO_SEED ?? Date.now() % 1_000_000);
	console.log(`Seed ${seed} (PORTICO_SEED)`);
	const random = new Random(seed);
	await practice.open();
	await practice.fillInPractice();
	await practice.sendAtOnce();
	await practice.setPace(100);
	const content = makePracticeFile({ rows, seed: 15, isPlain: true });
	await practice.importFile({ name: 'clients.csv', content });
	const other = await practice.inNewTab(context);
	await other.openOutbox();
	await context.setOffline(true);
	await practice.openReport();
	await practice.sendInvitations();
	await expect(other.page.getByText(new RegExp(`${rows} waiting`)).first()).toBeVisible();
	for (let flap = 0; flap < 8; flap += 1) {
		await context.setOffline(false);
		const until = desk.smtp.mails.length + random.below(rows / 8);
		await expect
			.poll(() => desk.smtp.mails.length, { timeout: 300_000, intervals: [5] })
			.toBeGreaterThanOrEqual(Math.min(until, rows));
		await context.setOffline(true);
		await other.page.waitForTimeout(random.below(300));
	}
	await context.setOffline(false);
	await expect(other.page.getByText(new RegExp(`${rows} sent`)).first()).toBeVisible({
		timeout: 300_000,
	});
	const reached = desk.smtp.mails.flatMap((mail) => mail.recipients);
	expect(new Set(reached).size).toBe(rows);
	expect(reached).toHaveLength(rows);
	// The relay writes its line behind the answer.
	await expect.poll(() => desk.relay.output().match(/^POST \/messages /gm)).toHaveLength(rows);
});
