import type { Page } from '@playwright/test';
import { makePracticeFile } from '../support/practice-file.ts';
import { chooseRelay, expect, type Outside, save, test } from './outside.ts';

test.use({ serviceWorkers: 'allow' });

async function setUpEmailJs(page: Page, { emailJs }: Outside): Promise<void> {
	const { publicKey, serviceId, templateId } = emailJs.account;
	await chooseRelay(page, 'EmailJS');
	await page.getByLabel('Public key').fill(publicKey);
	await page.getByLabel('Service ID').fill(serviceId);
	await page.getByLabel('Template ID').fill(templateId);
	await page.getByLabel('Messages per second').fill('20');
	await save(page);
	await expect(page.getByText('The email relay is saved.')).toBeVisible();
}

test('set up, proven by a test to myself, then used for the real thing', async ({
	practice,
	page,
	outside,
	desk,
}) => {
	await practice.open();
	await practice.fillInPractice();
	await practice.sendAtOnce();
	await setUpEmailJs(page, outside);
	await expect(page.getByText('EmailJS cannot drop repeats.')).toBeVisible();

	await page.getByRole('button', { name: 'Send a test to myself' }).click();
	await expect(page.getByText('The test is on its way')).toBeVisible();
	expect(outside.emailJs.taken).toMatchObject([
		{ to_email: 'dana@harbor.example', subject: 'A test from Portico' },
	]);
	await page.getByLabel('Template ID').fill('template_wrong');
	await page.getByRole('button', { name: 'Send a test to myself' }).click();
	await expect(page.getByText('The template ID not found')).toBeVisible();
	await page.getByRole('button', { name: 'Discard' }).click();

	const content = makePracticeFile({ rows: 12, seed: 7, isPlain: true });
	await practice.importFile({ name: 'clients.csv', content });
	await practice.openReport();
	await practice.sendInvitations();
	await practice.openOutbox();
	await expect.poll(() => outside.emailJs.taken.length, { timeout: 300_000 }).toBe(13);
	const invitations = outside.emailJs.taken.slice(1);
	expect(new Set(invitations.map((mail) => mail.to_email)).size).toBe(12);
	for (const mail of invitations) {
		expect(mail.from_name).toBe('Dana Reyes, Harbor Practice');
		expect(mail.reply_to).toBe('dana@harbor.example');
		expect(mail.message).toContain('https://portal.example/join?invitation=');
		expect(mail.message_html).toContain('<html');
	}
	const posts = outside.emailJs.requests.filter(({ method }) => method === 'POST');
	// Twice for the tests, once for each invitation.
	expect(posts).toHaveLength(14);
	expect(outside.emailJs.preflights).toBeGreaterThan(0);
	expect(desk.smtp.mails).toEqual([]);
});

test('a service that drops every connection after it took the message: unconfirmed, and never tried again by the app', async ({
	practice,
	page,
	outside,
}) => {
	await practice.open();
	await practice.fillInPractice();
	await practice.sendAtOnce();
	await setUpEmailJs(page, outside);
	outside.emailJs.trouble = (_, take) => {
		take();
		return 'drop';
	};
	const content = makePracticeFile({ rows: 3, seed: 8, isPlain: true });
	await practice.importFile({ name: 'clients.csv', content });
	await practice.openReport();
	await practice.sendInvitations();
	await practice.openOutbox();
	await expect(page.getByText(/3 need you/).first()).toBeVisible({ timeout: 300_000 });
	const { length } = outside.emailJs.taken;
	// A browser may itself repeat a POST whose re-used connection drops: once, and the screen says so.
	expect(length).toBeGreaterThanOrEqual(3);
	expect(length).toBeLessThanOrEqual(6);
	console.log(`3 messages, ${length} requests: the browser's own repeats`);
	await page.reload();
	await page.waitForTimeout(5_000);
	expect(outside.emailJs.taken).toHaveLength(length);
});

test('a service that drops warm connections: each message is sent or unconfirmed, and nothing is tried again', async ({
	practice,
	page,
	outside,
}) => {
	await practice.open();
	await practice.fillInPractice();
	await practice.sendAtOnce();
	await setUpEmailJs(page, outside);
	outside.emailJs.trouble = (request, take) => {
		if (!request.isWarm) return undefined;
		take();
		return 'drop';
	};
	const content = makePracticeFile({ rows: 6, seed: 9, isPlain: true });
	await practice.importFile({ name: 'clients.csv', content });
	await practice.openReport();
	await practice.sendInvitations();
	await practice.openOutbox();
	await expect
		.poll(() => new Set(outside.emailJs.taken.map((mail) => mail.to_email)).size, {
			timeout: 120_000,
		})
		.toBe(6);
	await page.waitForTimeout(5_000);
	const times = new Map<string, number>();
	for (const mail of outside.emailJs.taken)
		times.set(mail.to_email, (times.get(mail.to_email) ?? 0) + 1);
	console.log(`warm connections dropped: ${[...times.values()].join(', ')} requests a message`);
	for (const count of times.values()) expect(count).toBeLessThanOrEqual(2);
});

test('with every tab closed, the service worker sends through EmailJS', async ({
	practice,
	page,
	outside,
	context,
}) => {
	await practice.open();
	await practice.fillInPractice();
	await setUpEmailJs(page, outside);
	const content = makePracticeFile({ rows: 4, seed: 10, isPlain: true });
	await practice.importFile({ name: 'clients.csv', content });
	await practice.openReport();
	await context.setOffline(true);
	await practice.sendInvitations();
	const other = await context.newPage();
	await other.goto('about:blank');
	await page.close();
	await context.setOffline(false);
	await expect
		.poll(() => outside.emailJs.taken.length, { timeout: 300_000, intervals: [1_000] })
		.toBe(4);
});
