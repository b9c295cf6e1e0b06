import type { Attachment } from 'svelte/attachments';

/** Tells how wide an element is, in pixels, now and whenever that changes. */
export function watchWidth(onwidth: (width: number) => void): Attachment<HTMLElement> {
	return (element) => {
		const watch = new ResizeObserver(() => onwidth(element.clientWidth));
		watch.observe(element);
		onwidth(element.clientWidth);
		return () => watch.disconnect();
	};
}
