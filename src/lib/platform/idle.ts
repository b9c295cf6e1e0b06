const longestMs = 200;

/** Resolves when the page has a moment of its own; soon where the browser cannot tell, or it never has one. */
export function idleMoment(): Promise<void> {
	return new Promise((resolve) => {
		if ('requestIdleCallback' in globalThis)
			requestIdleCallback(() => resolve(), { timeout: longestMs });
		else setTimeout(resolve, 1);
	});
}
