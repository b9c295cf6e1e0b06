import { makePracticeFile } from '../support/practice-file.ts';
import { expect, Practice, test } from './desk.ts';
import { listedIn } from './listed.ts';

const rows = 200;
const content = makePracticeFile({ rows, seed: 11, isPlain: true });
const listed = listedIn(content);
const left = listed.slice(40, 43);
const invited = listed.filter((client) => !left.includes(client));

test.use({ hasSmtp: true, hasRelayProcess: true, serviceWorkers: 'allow' });

test('200 clients imported, 3 unchecked, sent offline: after reconnecting each invited address has one mail', async ({
	practice,
	desk,
	page,
	context,
}) => {
	await practice.open();
	await practice.fillInPractice();
	await practice.sendAtOnce();
	await practice.setPace(100);
	const counts = await practice.importFile({ name: 'clients.csv', content });
	expect(counts).toEqual({
		rows,
		created: rows,
		updated: 0,
		unchanged: 0,
		skipped: 0,
		rejected: 0,
	});

	await practice.openReport();
	for (const client of left) await practice.uncheck(client.name);
	await expect(page.getByText('197 people, 197 inboxes')).toBeVisible();

	await context.setOffline(true);
	await practice.sendInvitations();
	await page.reload();
	await practice.openOutbox();
	await expect(page.getByText(/197 waiting/).first()).toBeVisible();
	expect(desk.smtp.mails).toEqual([]);

	await context.setOffline(false);
	await expect
		.poll(() => desk.smtp.mails.length, { timeout: 300_000 })
		.toBeGreaterThanOrEqual(invited.length);
	await expect(page.getByText(/197 sent/).first()).toBeVisible({ timeout: 300_000 });
	const reached = desk.smtp.mails.flatMap((mail) => mail.recipients);
	expect(reached.toSorted()).toEqual(invited.map((client) => client.address).toSorted());
	const mail = desk.smtp.mails[0];
	expect(mail?.text).toContain('https://portal.example/join?invitation=');
	expect(mail?.replyTo).toBe('dana@harbor.example');

	await practice.openReport();
	await expect(page.getByText('0 people, 0 inboxes')).toBeVisible();
	for (const client of left)
		await expect(page.getByRole('checkbox', { name: client.name }).first()).not.toBeChecked();
	await expect(page.getByRole('main').getByRole('checkbox')).toHaveCount(3);
});

test('a tab killed in the midst of the run: still exactly one mail each', async ({
	practice,
	desk,
	page,
	context,
}) => {
	const few = makePracticeFile({ rows: 60, seed: 12, isPlain: true });
	await practice.open();
	await practice.fillInPractice();
	await practice.sendAtOnce();
	await practice.importFile({ name: 'clients.csv', content: few });
	desk.smtp.hooks.onMessage = () => ({ delayMs: 60 });
	await practice.openReport();
	await practice.sendInvitations();
	await expect.poll(() => desk.smtp.mails.length, { timeout: 300_000 }).toBeGreaterThan(8);
	const crashed = page.waitForEvent('crash');
	const session = await context.newCDPSession(page);
	// It never answers: the process that would is gone.
	session.send('Page.crash').catch(() => undefined);
	await crashed;

	const again = new Practice(await context.newPage(), practice.url);
	await again.open();
	await again.openOutbox();
	await expect(again.page.getByText(/60 sent/).first()).toBeVisible({ timeout: 300_000 });
	const reached = desk.smtp.mails.flatMap((mail) => mail.recipients);
	expect(reached.toSorted()).toEqual(
		listedIn(few)
			.map((client) => client.address)
			.toSorted(),
	);
});

test('the relay killed while it hands a message over: that one is in doubt, every other arrives, none twice', async ({
	practice,
	desk,
	page,
}) => {
	const few = makePracticeFile({ rows: 40, seed: 13, isPlain: true });
	await practice.open();
	await practice.fillInPractice();
	await practice.sendAtOnce();
	await practice.setPace(100);
	await practice.importFile({ name: 'clients.csv', content: few });
	let isKilled: Promise<void> | undefined;
	desk.smtp.hooks.onMessage = () => {
		if (desk.smtp.mails.length < 10 || isKilled) return undefined;
		// The whole message is with the mail server, and the relay dies before it hears the answer.
		isKilled = desk.restartRelay();
		return { delayMs: 1_500 };
	};
	await practice.openReport();
	await practice.sendInvitations();
	await practice.openOutbox();
	await expect(page.getByText(/39 sent/).first()).toBeVisible({ timeout: 300_000 });
	await expect(page.getByText(/1 needs? you/).first()).toBeVisible();
	await expect(page.getByText('Unconfirmed', { exact: true }).first()).toBeVisible();
	await isKilled;

	const reached = desk.smtp.mails.flatMap((mail) => mail.recipients);
	expect(new Set(reached).size).toBe(reached.length);
	expect(reached.length).toBeGreaterThanOrEqual(39);
});
