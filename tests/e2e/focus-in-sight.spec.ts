import type { Page } from '@playwright/test';
import { makePracticeFile } from '../support/practice-file.ts';
import { atRest } from './axe.ts';
import { expect, test } from './desk.ts';

// WCAG 2.2, 2.4.11: what has the focus is not hidden behind a bar that stays.

/** What has the focus and is covered at its middle, top or bottom by something else; '' when all of it is in sight. */
function coveredFocus(page: Page): Promise<string> {
	return page.evaluate(async () => {
		// What comes into sight for the focus does so with the next frame.
		await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
		const element = document.activeElement;
		// A busy machine may need more than that.
		await Promise.all(element?.getAnimations().map(({ finished }) => finished) ?? []);
		// Beyond the last element the focus goes to the browser's own bars.
		if (!element || element === document.body || !document.hasFocus()) return '';
		const { left, top, width, height } = element.getBoundingClientRect();
		if (width <= 2 || height <= 2) return '';
		const name = `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 30) ?? ''}`;
		const x = left + Math.min(width / 2, 60);
		// Of something large a part is enough, of which the window shows one; a control is seen whole.
		const isLarge = height >= 100;
		const from = isLarge ? Math.max(top, 0) : top;
		const to = isLarge ? Math.min(top + height, innerHeight) : top + height;
		const hidden = [from + 2, (from + to) / 2, to - 2].filter((y) => {
			const there = document.elementFromPoint(x, y);
			return !(
				there &&
				(element.contains(there) ||
					there.contains(element) ||
					there.closest('label')?.contains(element))
			);
		});
		if (hidden.length > (isLarge ? 2 : 0)) return `${name} is hidden at ${hidden.join(', ')}`;
		return '';
	});
}

const screens = [
	'report',
	'clients',
	'outbox',
	'settings/practice',
	'settings/invitation',
	'settings/email-relay',
	'settings/import-center',
	'settings/backup-and-storage',
	'settings/security',
];

for (const size of [
	{ width: 320, height: 480 },
	{ width: 1280, height: 480 },
])
	test(`the focus is never behind a bar, ${size.width} × ${size.height}, forwards and backwards`, async ({
		practice,
		page,
	}) => {
		await page.setViewportSize(size);
		await page.emulateMedia({ reducedMotion: 'reduce' });
		await practice.open();
		await practice.fillInPractice();
		await practice.importFile({
			name: 'clients.csv',
			content: makePracticeFile({ rows: 30, seed: 5 }),
		});
		// What floats goes by itself; the bars stay.
		for (const button of await page.getByRole('button', { name: 'Dismiss' }).all())
			await button.click();
		await practice.goTo('clients');
		const client = page.getByRole('grid').getByRole('link').first();
		const clientPage = (await client.getAttribute('href'))?.replace('#/', '') ?? '';
		const covered: string[] = [];
		for (const screen of [...screens, clientPage]) {
			await practice.goTo(screen);
			await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
			await atRest(page);
			for (const key of ['Tab', 'Shift+Tab'])
				for (let step = 0; step < 30; step++) {
					await page.keyboard.press(key);
					const what = await coveredFocus(page);
					if (what) covered.push(`${screen}, ${key}: ${what}`);
				}
		}
		// In the list the arrow keys move the focus.
		await practice.goTo('report');
		await expect(page.getByRole('heading', { name: 'Clients not yet invited' })).toBeFocused();
		await page.getByRole('checkbox').first().focus();
		for (const key of ['ArrowDown', 'ArrowUp'])
			for (let step = 0; step < 20; step++) {
				await page.keyboard.press(key);
				await page.waitForTimeout(30);
				const what = await coveredFocus(page);
				if (what) covered.push(`report list, ${key}: ${what}`);
			}
		expect(covered).toEqual([]);
	});

test('the look finds what is hidden where no room is kept clear', async ({ practice, page }) => {
	await page.setViewportSize({ width: 320, height: 480 });
	await practice.open();
	await practice.importFile({
		name: 'clients.csv',
		content: makePracticeFile({ rows: 30, seed: 5 }),
	});
	await practice.goTo('report');
	await expect(page.getByRole('heading', { name: 'Clients not yet invited' })).toBeFocused();
	await page.addStyleTag({
		content: 'html { scroll-padding: 0 !important } input { scroll-margin: 0 !important }',
	});
	await page.getByRole('checkbox').first().focus();
	const covered: string[] = [];
	for (let step = 0; step < 12; step++) {
		await page.keyboard.press('ArrowDown');
		await page.waitForTimeout(50);
		covered.push(await coveredFocus(page));
	}
	expect(covered.filter(Boolean).length).toBeGreaterThan(0);
});
