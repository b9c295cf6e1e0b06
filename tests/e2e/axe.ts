import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './desk.ts';

/** All other rules say the same in both colour schemes. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/**
 * What axe finds on the screen once it is at rest, or in one `place` of it, and whether it scrolls
 * sideways. `what` names it in a failure.
 */
export async function lookAt(
	page: Page,
	what: string,
	{ place, rules }: { place?: string; rules?: string[] } = {},
): Promise<void> {
	await atRest(page);
	let axe = new AxeBuilder({ page });
	if (place) axe = axe.include(place);
	if (rules) axe = axe.withRules(rules);
	const { violations } = await axe.analyze();
	expect(
		violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`),
		what,
	).toEqual([]);
	const overflow = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
	);
	expect(overflow, `${what} scrolls sideways`).toBeLessThanOrEqual(0);
}

/** The same in both colour schemes; the screen is left in the light one. */
export async function lookInBothSchemes(page: Page, what: string): Promise<void> {
	await lookAt(page, `${what}, light`);
	await page.emulateMedia({ colorScheme: 'dark' });
	await lookAt(page, `${what}, dark`, { rules: colourRules });
	await page.emulateMedia({ colorScheme: 'light' });
}

/** Until nothing comes or moves for a moment: a screen has its heading before the rest. */
export async function atRest(page: Page): Promise<void> {
	await page.evaluate(async () => {
		const quietMs = 150;
		const longestMs = 5_000;
		const startedAt = performance.now();
		for (let isQuiet = false; !isQuiet && performance.now() - startedAt < longestMs;)
			isQuiet = await new Promise<boolean>((resolve) => {
				const watch = new MutationObserver(() => settle(false));
				const timer = setTimeout(() => settle(true), quietMs);
				const settle = (isQuiet: boolean) => {
					watch.disconnect();
					clearTimeout(timer);
					resolve(isQuiet);
				};
				const everything = { subtree: true, childList: true, attributes: true };
				watch.observe(document, { ...everything, characterData: true });
			});
		// What goes on for ever is not waited for.
		const ending = document
			.getAnimations()
			.filter(({ effect }) => Number(effect?.getComputedTiming().endTime) < 60_000);
		await Promise.allSettled(ending.map(({ finished }) => finished));
	});
}
