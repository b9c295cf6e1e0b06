import { makePracticeFile } from '../support/practice-file.ts';
import { lookAt, narrowAndWide } from './axe.ts';
import { expect, test } from './desk.ts';

const paths = [
	'',
	'clients',
	'clients/duplicates',
	'report',
	'outbox',
	'settings/practice',
	'settings/professionals',
	'settings/invitation',
	'settings/email-relay',
	'settings/import-center',
	'settings/import-center/import',
	'settings/backup-and-storage',
	'settings/backup-and-storage/restore',
	'settings/security',
	'settings/security/requests',
];

for (const { width, colorScheme } of narrowAndWide)
	test(`axe finds nothing, ${colorScheme}, ${width} px wide, and nothing scrolls sideways`, async ({
		practice,
		page,
	}) => {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await page.setViewportSize({ width, height: 800 });
		await practice.open();
		const look = (what: string) => lookAt(page, what);
		await look('first screen');
		await practice.fillInPractice();
		await practice.chooseFile({
			name: 'clients.csv',
			content: makePracticeFile({ rows: 60, seed: 51 }),
		});
		await expect(page.getByRole('button', { name: /^Import( |$)/ })).toBeEnabled();
		await look('import review');
		await page.getByRole('button', { name: /^Import( |$)/ }).click();
		await practice.importCounts();
		await look('import result');
		for (const path of paths) {
			await practice.goTo(path);
			await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
			await look(path || 'home');
		}
		// The last of a row that a narrow screen scrolls.
		await practice.goTo('settings/security');
		await expect(page.getByRole('tab', { name: 'Security' })).toBeInViewport({ ratio: 1 });
		await practice.openReport();
		await page.getByRole('button', { name: 'Send Invitation', exact: true }).click();
		await expect(page.getByRole('alertdialog')).toBeVisible();
		await look('last dialog');
	});

for (const [colorScheme, width] of [
	['dark', 320],
	['light', 1280],
] as const)
	test(`axe finds nothing on the clients' list and its dialogs, ${colorScheme}, ${width} px wide`, async ({
		practice,
		page,
	}) => {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await page.setViewportSize({ width, height: 800 });
		await practice.open();
		await practice.fillInPractice();
		await practice.importFile({
			name: 'clients.csv',
			content: makePracticeFile({ rows: 30, seed: 52 }),
		});
		await practice.goTo('clients');
		const main = page.getByRole('main');
		const dialog = page.getByRole('dialog');
		const close = async () => {
			await page.keyboard.press('Escape');
			await expect(dialog).toHaveCount(0);
		};
		await main.getByRole('checkbox').nth(2).check();
		await main.getByRole('checkbox').nth(3).check();
		await expect(page.getByRole('region', { name: 'Selected clients' })).toBeVisible();
		await lookAt(page, 'selected clients');

		await main.getByRole('button', { name: 'Columns' }).click();
		await expect(page.getByRole('menu')).toBeVisible();
		await lookAt(page, 'columns');
		await page.keyboard.press('Escape');
		for (const name of ['Filter', 'Save view', 'Bulk Options']) {
			await main.getByRole('button', { name }).first().click();
			await expect(dialog).toBeVisible();
			await lookAt(page, name);
			await close();
		}
		const isNarrow = width < 640;
		const seldom = async (name: RegExp) => {
			if (!isNarrow) return main.getByRole('button', { name }).first().click();
			await main.getByRole('button', { name: 'More' }).click();
			await lookAt(page, 'more for those selected');
			await page.getByRole('menuitem', { name }).click();
		};
		for (const name of [/^Convert to contact/, /^Export/, /^Delete/]) {
			await seldom(name);
			await expect(page.locator('[role="dialog"], [role="alertdialog"]')).toBeVisible();
			await lookAt(page, String(name));
			await page.keyboard.press('Escape');
			await expect(page.locator('[role="dialog"], [role="alertdialog"]')).toHaveCount(0);
		}
		await practice.openReport();
		await main.getByRole('button', { name: 'Filter' }).click();
		await lookAt(page, 'the report’s filter');
	});

for (const [colorScheme, width] of [
	['dark', 320],
	['light', 1280],
] as const)
	test(`axe finds nothing on the lock, nor on what is asked about it and about backups, ${colorScheme}, ${width} px wide`, async ({
		practice,
		page,
	}) => {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await page.setViewportSize({ width, height: 800 });
		await practice.open();
		const main = page.getByRole('main');
		const dialog = page.locator('[role="dialog"], [role="alertdialog"]');
		const lookAtDialog = async (name: string) => {
			await main.getByRole('button', { name }).click();
			await expect(dialog).toBeVisible();
			await lookAt(page, name);
			await page.keyboard.press('Escape');
			await expect(dialog).toHaveCount(0);
		};
		await practice.goTo('settings/backup-and-storage');
		for (const name of ['Set up automatic backup', 'Open export']) await lookAtDialog(name);

		await practice.goTo('settings/security');
		await main.getByRole('button', { name: 'Set a passphrase' }).click();
		await dialog.getByLabel('New passphrase', { exact: true }).fill('lamp');
		await dialog.getByRole('button', { name: 'Set passphrase' }).click();
		await expect(dialog.getByText('Choose one that is harder to guess.')).toBeVisible();
		await lookAt(page, 'a weak passphrase');
		for (const label of ['New passphrase', 'New passphrase again'])
			await dialog.getByLabel(label, { exact: true }).fill('copper lantern under seven willows');
		await expect(dialog.getByText('Very good.')).toBeVisible();
		await dialog.getByRole('button', { name: 'Set passphrase' }).click();
		await expect(page.getByRole('alertdialog')).toBeVisible();
		await lookAt(page, 'recovery code');
		await dialog.getByRole('checkbox').click();
		await dialog.getByRole('button', { name: 'Done' }).click();
		await main.getByRole('button', { name: 'Verify history' }).click();
		await expect(page.getByText('The history is whole')).toBeVisible();
		await lookAt(page, 'Security with a passphrase');
		await lookAtDialog('Change passphrase');
		await main.getByRole('button', { name: 'Lock now' }).click();
		await expect(page.getByRole('heading', { name: 'Portico is locked' })).toBeVisible();
		for (let attempt = 1; attempt <= 4; attempt++) {
			await page.getByLabel('Passphrase').fill(`wrong ${attempt}`);
			await page.getByLabel('Passphrase').press('Enter');
			await expect(page.getByText('That is not the passphrase')).toBeVisible();
			await expect(page.getByRole('button', { name: 'Unlock', exact: true })).toBeEnabled();
		}
		await lookAt(page, 'locked');
		await lookAtDialog('Erase everything');
	});
