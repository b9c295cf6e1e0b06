import type { BrowserContext, Page } from '@playwright/test';
import { makePracticeFile } from '../support/practice-file.ts';
import { atRest } from './axe.ts';
import { expect, test } from './desk.ts';

test.use({ serviceWorkers: 'allow' });

/** Everything a page of the context complains of: its console, uncaught errors, what the policy refused. */
async function listen(context: BrowserContext): Promise<string[]> {
	const complaints: string[] = [];
	context.on('console', (message) => {
		if (message.type() === 'error' || message.type() === 'warning')
			complaints.push(`console ${message.type()}: ${message.text()}`);
	});
	context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().message}`));
	await context.exposeFunction('complain', (words: string) => complaints.push(words));
	await context.addInitScript(() => {
		const { complain } = window as unknown as { complain: (words: string) => void };
		addEventListener('securitypolicyviolation', (event) =>
			complain(`policy: ${event.effectiveDirective} refused ${event.blockedURI}`),
		);
		addEventListener('unhandledrejection', (event) =>
			complain(`rejected: ${String(event.reason)}`),
		);
	});
	return complaints;
}

const screens = [
	'',
	'clients',
	'report',
	'outbox',
	'settings/practice',
	'settings/invitation',
	'settings/email-relay',
	'settings/import-center',
	'settings/import-center/import',
	'settings/backup-and-storage',
	'settings/security',
	'settings/security/requests',
];

/** The dialogs and menus of a screen: what opens them, and what closes them again. */
async function openDialogs(page: Page): Promise<void> {
	const escape = () => page.keyboard.press('Escape');
	await page.keyboard.press('?');
	await expect(page.getByRole('dialog')).toBeVisible();
	await escape();
	await page.getByRole('button', { name: 'Settings', exact: true }).click();
	await expect(page.getByRole('menu')).toBeVisible();
	await escape();
}

test('a walk through every screen and dialog leaves the console silent', async ({
	practice,
	page,
	context,
}) => {
	const complaints = await listen(context);
	await practice.open();
	await page.getByRole('button', { name: '+ New Client' }).first().click();
	await expect(page.getByRole('dialog')).toBeVisible();
	await page.keyboard.press('Escape');
	await openDialogs(page);
	await practice.fillInPractice();
	await practice.importFile({
		name: 'clients.csv',
		content: makePracticeFile({ rows: 40, seed: 3 }),
	});
	for (const screen of screens) {
		await practice.goTo(screen);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		await atRest(page);
	}

	await practice.openReport();
	await page.getByRole('button', { name: 'Edit message' }).first().click();
	await expect(page.getByRole('dialog', { name: 'Edit message' })).toBeVisible();
	await page.keyboard.press('Escape');
	await page.setViewportSize({ width: 500, height: 700 });
	await page.getByRole('button', { name: 'Preview message' }).click();
	await expect(page.getByRole('dialog', { name: 'What will be sent' })).toBeVisible();
	await page.getByRole('button', { name: 'Next recipient' }).last().click();
	await page.getByRole('button', { name: 'Plain text' }).last().click();
	await page.keyboard.press('Escape');
	await page.setViewportSize({ width: 1280, height: 800 });
	await page.getByRole('button', { name: 'Select none' }).click();
	await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
	await page.getByRole('button', { name: 'Send Invitation', exact: true }).click();
	await expect(page.getByRole('alertdialog')).toBeVisible();
	await page.keyboard.press('Escape');
	await practice.sendInvitations();
	await practice.openOutbox();
	await expect(page.getByText(/\d sent/).first()).toBeVisible({ timeout: 60_000 });
	expect(complaints).toEqual([]);
});

test('the listener hears a console error, an uncaught error, a rejection and what the policy refuses', async ({
	practice,
	page,
	context,
}) => {
	const complaints = await listen(context);
	await practice.open();
	expect(complaints).toEqual([]);
	await page.evaluate(() => {
		console.error('planted error');
		setTimeout(() => {
			throw new Error('planted throw');
		});
		void Promise.reject(new Error('planted rejection'));
		const image = new Image();
		image.src = 'https://elsewhere.example/planted.png';
		document.body.append(image);
	});
	for (const planted of [/planted error/, /planted throw/, /planted rejection/, /policy: img-src/])
		await expect.poll(() => complaints.some((words) => planted.test(words))).toBe(true);
});
