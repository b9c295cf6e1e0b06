import { tick } from 'svelte';

/**
 * A step may take away the button that was pressed: then whatever stands at its line now has the
 * focus, or the page's heading. Call when the step is done.
 */
export async function keepFocus(line: number): Promise<void> {
	await tick();
	// The virtual list lays its lines out anew in the next frame.
	await new Promise((resolve) => requestAnimationFrame(resolve));
	await tick();
	if (document.activeElement !== document.body && document.activeElement !== null) return;
	const target =
		document.querySelector<HTMLElement>(`[data-line="${line}"] button`) ??
		document.querySelector<HTMLElement>(`[data-line="${line + 1}"] button`) ??
		document.querySelector<HTMLElement>('main h1');
	target?.focus({ preventScroll: true });
}
