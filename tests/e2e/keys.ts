import type { Page } from '@playwright/test';

const mostStops = 80;

/** Goes on with this key until what has the focus is called so, as somebody without a pointer does. */
export async function tabTo(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
	for (let stop = 0; stop < mostStops; stop++) {
		if ((await namesOfFocused(page)).some((found) => name.test(found))) return;
		await page.keyboard.press(key);
	}
	throw new Error(`${name} cannot be reached by ${key}`);
}

async function namesOfFocused(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const element = document.activeElement as HTMLInputElement | null;
		const labels = [...(element?.labels ?? [])].map((label) => label.textContent);
		return [...labels, element?.getAttribute('aria-label'), element?.textContent]
			.map((text) => text?.replace(/\s+/gu, ' ').trim() ?? '')
			.filter(Boolean);
	});
}
