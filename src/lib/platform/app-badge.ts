interface Badging {
	setAppBadge?: (count: number) => Promise<void>;
}

/**
 * Shows a number on the installed app's icon, 0 takes it away. Where the browser has no badges, or the
 * app is not installed, nothing happens. Runs in a page and in the service worker.
 */
export function showAppBadge(count: number): void {
	const { setAppBadge } = navigator as Badging;
	setAppBadge?.call(navigator, count).catch(() => undefined);
}
