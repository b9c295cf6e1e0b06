import type { Page } from '@playwright/test';

const mostStops = 80;

/** Tab, as often as it takes to come to what has this name. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
	for (let stop = 0; stop < mostStops; stop++) {
		await page.keyboard.press('Tab');
		const names = await page.evaluate(() => {
			const element = document.activeElement as HTMLInputElement | null;
			return [element?.labels?.[0]?.textContent, element?.textContent].map(
				(text) => text?.trim() ?? '',
			);
		});
		if (names.some((found) => name.test(found))) return;
	}
	throw new Error(`${name} cannot be reached by Tab`);
}
