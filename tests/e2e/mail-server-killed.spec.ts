import { makePracticeFile } from '../support/practice-file.ts';
import { Random } from '../support/random.ts';
import { startRelayProcess } from '../support/relay-process.ts';
import { startSmtpProcess } from '../support/smtp-process.ts';
import { expect, Practice, test } from './desk.ts';

const rows = 60;

test('the mail server killed at random moments: never two mails, and only what it was taking may be in doubt', async ({
	page,
}) => {
	const seed = Number(process.env.PORTICO_SEED ?? Date.now() % 1_000_000);
	console.log(`Seed ${seed} (PORTICO_SEED)`);
	const random = new Random(seed);
	let smtp = await startSmtpProcess();
	const relay = await startRelayProcess({ env: { PORTICO_SMTP_URL: smtp.url } });
	const reached: string[] = [];
	try {
		const practice = new Practice(page, relay.url, false);
		await page.clock.install();
		await practice.open();
		await practice.fillInPractice();
		await practice.importFile({
			name: 'clients.csv',
			content: makePracticeFile({ rows, seed: 16, isPlain: true }),
		});
		await practice.openReport();
		await practice.sendInvitations();
		await practice.openOutbox();
		/** The relay asks for ten seconds after a lost server, which only the page's clock waits out. */
		const leaving = async () => {
			await page.clock.fastForward(250);
			return smtp.recipients.length;
		};
		const kills = 3;
		for (let kill = 0; kill < kills; kill += 1) {
			const until = random.below(rows / (kills + 1));
			await expect.poll(leaving, { timeout: 120_000, intervals: [5] }).toBeGreaterThan(until);
			await smtp.kill();
			reached.push(...smtp.recipients);
			smtp = await startSmtpProcess(smtp.port);
		}
		// Only what it was taking as it was killed: at most one each time, since one leaves at a time.
		const settled = async () => {
			await page.clock.fastForward(250);
			const text = await page.getByRole('main').innerText();
			const sent = Number(/(\d+) sent/.exec(text)?.[1] ?? 0);
			const doubtful = Number(/(\d+) needs? you/.exec(text)?.[1] ?? 0);
			return { all: sent + doubtful, doubtful };
		};
		await expect
			.poll(async () => (await settled()).all, { timeout: 300_000, intervals: [50] })
			.toBe(rows);
		expect((await settled()).doubtful).toBeLessThanOrEqual(kills);
		reached.push(...smtp.recipients);
		expect(new Set(reached).size).toBe(reached.length);
		expect(reached.length).toBeGreaterThanOrEqual(rows - (await settled()).doubtful);
	} finally {
		await relay.kill();
		await smtp.kill();
	}
});
