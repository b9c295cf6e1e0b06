import { makePracticeFile } from '../support/practice-file.ts';
import { expect, test } from './desk.ts';

test.use({ hasSmtp: true, serviceWorkers: 'allow' });

test('with every tab closed, the service worker delivers on the sync event', async ({
	practice,
	page,
	desk,
	context,
	browser,
}) => {
	const content = makePracticeFile({ rows: 12, seed: 31, isPlain: true });
	await practice.open();
	await practice.fillInPractice();
	await practice.importFile({ name: 'clients.csv', content });
	await practice.openReport();
	await context.setOffline(true);
	await practice.sendInvitations();
	// Somebody else's page keeps the browser open; no tab of Portico is.
	const other = await context.newPage();
	await other.goto('about:blank');
	await page.close();
	const browserSession = await browser.newBrowserCDPSession();
	await context.setOffline(false);
	const worker = context.serviceWorkers()[0];
	expect(worker).toBeDefined();
	await expect
		.poll(() => desk.smtp.mails.length, { timeout: 300_000, intervals: [1_000] })
		.toBe(12);
	expect(new Set(desk.smtp.mails.flatMap((mail) => mail.recipients)).size).toBe(12);
	await browserSession.detach();
});
