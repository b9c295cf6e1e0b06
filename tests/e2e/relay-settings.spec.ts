import { mailSubmitted, startJmapStub } from '../support/jmap-stub.ts';
import { makePracticeFile } from '../support/practice-file.ts';
import { lookAt } from './axe.ts';
import { expect, test } from './desk.ts';

const kinds = [
	'Portico relay',
	'EmailJS',
	'Gmail',
	'Microsoft 365',
	'JMAP',
	'No relay: I hand them over myself',
];

test('every kind of relay: its card by keyboard, its form without barriers, on a narrow screen too', async ({
	practice,
	page,
}) => {
	await practice.open();
	await practice.goTo('settings/email-relay');
	await page.getByRole('radio', { name: kinds[0] ?? '', exact: true }).focus();
	for (const [index, kind] of kinds.entries()) {
		if (index > 0) await page.keyboard.press('ArrowDown');
		const card = page.getByRole('radio', { name: kind, exact: true });
		await expect(card).toBeChecked();
		await expect(card).toBeFocused();
		await expect(page.getByRole('heading', { name: kind, level: 2 })).toBeVisible();
		for (const width of [1280, 320]) {
			await page.setViewportSize({ width, height: 800 });
			await lookAt(page, `${kind}, ${width} px`, { place: 'main' });
		}
	}
});

test('what was typed for one kind waits while another is looked at', async ({ practice, page }) => {
	await practice.open();
	await practice.goTo('settings/email-relay');
	await page.getByRole('radio', { name: 'EmailJS' }).check();
	await page.getByLabel('Public key').fill('pk');
	await page.getByRole('radio', { name: 'JMAP' }).check();
	await expect(page.getByText('Not saved yet.')).toBeVisible();
	await page.getByRole('radio', { name: 'EmailJS' }).check();
	await expect(page.getByLabel('Public key')).toHaveValue('pk');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText("Enter the service ID: EmailJS → 'Email Services'.")).toBeVisible();
	await expect(page.getByLabel('Service ID')).toBeFocused();
});

test('JMAP: set up, tried out, and used from the browser', async ({ practice, page }) => {
	const jmap = await startJmapStub();
	try {
		await practice.open();
		await practice.fillInPractice();
		await practice.sendAtOnce();
		await practice.goTo('settings/email-relay');
		await page.getByRole('radio', { name: 'JMAP' }).check();
		await page.getByLabel('Session address').fill(jmap.sessionUrl);
		await page.getByLabel('API token').fill(jmap.token);
		await page.getByLabel('Messages per second').fill('20');
		await page.getByRole('button', { name: 'Test connection' }).click();
		await expect(page.getByText('Mails come from dana@harbor.example.')).toBeVisible();
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		await expect(page.getByText('The email relay is saved.')).toBeVisible();
		await page.getByRole('button', { name: 'Send a test to myself' }).click();
		await expect(page.getByText('The test is on its way')).toBeVisible();
		expect(jmap.submitted).toMatchObject([{ to: ['dana@harbor.example'] }]);

		const content = makePracticeFile({ rows: 5, seed: 33, isPlain: true });
		await practice.importFile({ name: 'clients.csv', content });
		await practice.openReport();
		await practice.sendInvitations();
		await expect.poll(() => jmap.submitted.length, { timeout: 300_000 }).toBe(6);
		for (const submitted of jmap.submitted.slice(1)) {
			const mail = await mailSubmitted(submitted);
			expect(mail.text).toContain('https://portal.example/join?invitation=');
			expect(mail.contentType).toBe('multipart/alternative');
		}
		expect(new Set(jmap.submitted.flatMap(({ to }) => to)).size).toBe(6);
	} finally {
		await jmap.close();
	}
});
