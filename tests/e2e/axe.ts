import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './desk.ts';

/**
 * What axe finds on the screen once it is at rest, or in one `place` of it, and whether it scrolls
 * sideways. `what` names it in a failure.
 */
export async function lookAt(
	page: Page,
	what: string,
	{ place }: { place?: string } = {},
): Promise<void> {
	await atRest(page);
	let axe = await axeOn(page);
	if (place) axe = axe.include(place);
	const { violations } = await axe.analyze();
	expect(
		violations.map(({ id, nodes }) =>
			[id, ...nodes.map(({ html, failureSummary = '' }) => `${html} ${failureSummary}`)].join('\n'),
		),
		what,
	).toEqual([]);
	const overflow = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
	);
	expect(overflow, `${what} scrolls sideways`).toBeLessThanOrEqual(0);
}

/** Without frames there is nothing to gather from elsewhere, which would cost a page of its own each time. */
async function axeOn(page: Page): Promise<AxeBuilder> {
	if (page.frames().length > 1) return new AxeBuilder({ page });
	const isThere = await page.evaluate(() => 'axe' in window);
	const source = isThere ? { axeSource: 'void 0' } : {};
	return new AxeBuilder({ page, ...source }).setLegacyMode();
}

/**
 * A narrow screen in the light scheme and a wide one in the dark: what stands on a screen hangs on its
 * width, its colours do not.
 */
export const narrowAndWide = [
	{ width: 320, colorScheme: 'light' },
	{ width: 1280, colorScheme: 'dark' },
] as const;

/** The screen as it is, in each of `narrowAndWide`. */
export async function lookNarrowAndWide(page: Page, what: string): Promise<void> {
	for (const { width, colorScheme } of narrowAndWide) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await page.setViewportSize({ width, height: 800 });
		await lookAt(page, `${what}, ${colorScheme}, ${width} px`);
	}
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
		// In a tab behind another no frame comes.
		const frame = () =>
			new Promise((resolve) => {
				requestAnimationFrame(resolve);
				setTimeout(resolve, quietMs);
			});
		// A new scheme's colours go down the tree a level a frame, each begun where the last has ended.
		const colouring = () =>
			document
				.getAnimations()
				.filter((animation) => /color/.test((animation as CSSTransition).transitionProperty ?? ''));
		await frame();
		for (let now = colouring(); now.length > 0; now = colouring()) {
			await Promise.allSettled(now.map(({ finished }) => finished));
			await frame();
		}
	});
}
