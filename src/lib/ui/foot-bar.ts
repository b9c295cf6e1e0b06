import type { Attachment } from 'svelte/attachments';

/**
 * For a bar that sticks to the foot of the page: what floats and what has the focus keep clear of it,
 * by `--foot-bar`.
 */
export const footBar: Attachment<HTMLElement> = (bar) => {
	const { style } = document.documentElement;
	const watch = new ResizeObserver(() => style.setProperty('--foot-bar', `${bar.offsetHeight}px`));
	watch.observe(bar);
	return () => {
		watch.disconnect();
		style.removeProperty('--foot-bar');
	};
};
