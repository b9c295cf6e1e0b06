import { makePracticeFile } from '../support/practice-file.ts';
import { lookAt } from './axe.ts';
import { expect, test } from './desk.ts';

test('in a private window that lets it be known, the start screen and the storage say that all is forgotten', async ({
	practice,
	page,
	context,
}) => {
	// What Firefox 153 does in a private window; Chromium, in whose private window this runs, tells no site.
	await context.addInitScript(() => {
		StorageManager.prototype.getDirectory = () =>
			Promise.reject(new DOMException('Security error when calling GetDirectory', 'SecurityError'));
	});
	await practice.open();
	const content = makePracticeFile({ rows: 3, seed: 9, isPlain: true });
	await practice.importFile({ name: 'clients.csv', content });
	await practice.goTo('');
	await expect(page.getByText('This is a private window')).toBeVisible();
	await page.getByRole('main').getByRole('link', { name: 'Backup and storage' }).click();
	await expect(page.getByText('Private window', { exact: true })).toBeVisible();
	await lookAt(page, 'the storage of a private window');
});
