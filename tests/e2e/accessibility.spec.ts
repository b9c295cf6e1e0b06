import AxeBuilder from '@axe-core/playwright';
import { makePracticeFile } from '../support/practice-file.ts';
import { expect, test } from './desk.ts';

const paths = [
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
];

for (const colorScheme of ['light', 'dark'] as const)
	for (const width of [320, 1280])
		test(`axe finds nothing, ${colorScheme}, ${width} px wide, and nothing scrolls sideways`, async ({
			practice,
			page,
		}) => {
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await page.setViewportSize({ width, height: 800 });
			await practice.open();
			const look = async (what: string) => {
				const { violations } = await new AxeBuilder({ page }).analyze();
				expect(
					violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`),
					what,
				).toEqual([]);
				const overflow = await page.evaluate(
					() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
				);
				expect(overflow, `${what} scrolls sideways`).toBeLessThanOrEqual(0);
			};
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
				await page.waitForTimeout(300);
				await look(path || 'home');
			}
			await practice.openReport();
			await page.getByRole('button', { name: 'Send Invitation', exact: true }).click();
			await expect(page.getByRole('alertdialog')).toBeVisible();
			await look('last dialog');
		});
