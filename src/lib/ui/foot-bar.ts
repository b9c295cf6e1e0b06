import type { Attachment } from 'svelte/attachments';

/** Tells the page how tall an element is that stays in sight, by a custom property. */
function roomFor(property: string): Attachment<HTMLElement> {
	return (element) => {
		const { style } = document.documentElement;
		const watch = new ResizeObserver(() =>
			style.setProperty(property, `${element.offsetHeight}px`),
		);
		watch.observe(element);
		return () => {
			watch.disconnect();
			style.removeProperty(property);
		};
	};
}

/** For a bar that sticks to the foot of the page: what floats and what has the focus keep clear of it. */
export const footBar = roomFor('--foot-bar');

/** For what floats at the foot for a while: what has the focus keeps clear of it. */
export const floatsAtFoot = roomFor('--floating');
