import { retireWorker } from './background-sync.ts';
import { trustedWorkerUrl } from './trusted-types.ts';

export interface AppUpdate {
	/** Lets the new version take over and reloads this page once it has. */
	apply(): void;
}

const checkEveryMs = 60 * 60_000;

/**
 * Registers the service worker and looks for new versions, at most hourly. `onready` is called when one
 * waits for consent, or has taken over because another tab consented. Nothing changes until `apply()`.
 * Rejects when the browser refuses the registration. Returns a function that stops looking.
 */
export async function keepUpdated(onready: (update: AppUpdate) => void): Promise<() => void> {
	if (!('serviceWorker' in navigator)) return () => undefined;
	const { Workbox } = await import('workbox-window');
	const app = new Workbox(trustedWorkerUrl('./service-worker.js'));
	const hadController = navigator.serviceWorker.controller !== null;
	let hasConsent = false;

	app.addEventListener('waiting', async () => {
		// A first worker may be slow to start on a busy device: it waits for nobody, and nothing is new.
		const registration = await navigator.serviceWorker.getRegistration();
		if (!registration?.active) return;
		onready({
			apply() {
				hasConsent = true;
				navigator.serviceWorker.controller?.postMessage({ type: retireWorker });
				app.messageSkipWaiting();
			},
		});
	});

	const takenOver = () => {
		// The first visit's worker takes over a page of its own version: nothing to reload for.
		if (hasConsent) location.reload();
		else if (hadController) onready({ apply: () => location.reload() });
	};
	navigator.serviceWorker.addEventListener('controllerchange', takenOver);

	await app.register({ immediate: true });

	let lastLook = Date.now();
	const look = () => {
		if (document.visibilityState !== 'visible' || Date.now() - lastLook < checkEveryMs) return;
		lastLook = Date.now();
		// Offline or the host is away: the next look will do.
		app.update().catch(() => undefined);
	};
	const timer = setInterval(look, checkEveryMs);
	document.addEventListener('visibilitychange', look);

	return () => {
		clearInterval(timer);
		document.removeEventListener('visibilitychange', look);
		navigator.serviceWorker.removeEventListener('controllerchange', takenOver);
	};
}
