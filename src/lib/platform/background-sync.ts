/** The tag under which the browser wakes the service worker when the network is back. */
export const outboxSyncTag = 'outbox';

/** The message that brings an old service worker to rest before a new one takes over. */
export const retireWorker = 'RETIRE';

interface SyncRegistration {
	sync?: { register(tag: string): Promise<void> };
}

/** Asks for Background Sync where the browser has it; elsewhere the page alone delivers. */
export async function askForSync(): Promise<void> {
	try {
		const registration = await navigator.serviceWorker?.getRegistration();
		await (registration as SyncRegistration | undefined)?.sync?.register(outboxSyncTag);
	} catch {
		// Refused by permission or a private window: the page's own wake-ups do.
	}
}
