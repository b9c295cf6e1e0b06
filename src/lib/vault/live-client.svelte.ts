import type { Client } from '$lib/domain/client.ts';
import { followedVault } from './followed.svelte.ts';
import { presentClient } from './present-client.ts';

/** One client as a rune, found without unpacking the others. */
export interface LiveClient {
	/** False until the clients are read from disk. */
	readonly isLoaded: boolean;
	/** Whom the id names, or whose profile that one was merged into; undefined for one who is not here. */
	readonly current: Client | undefined;
}

export function liveClient(id: () => string): LiveClient {
	let shown: Client | undefined;
	const followed = followedVault(['clients'], (now) => presentClient(now, id()) !== shown);
	return {
		get isLoaded() {
			return followed.current?.isLoaded('clients') ?? false;
		},
		get current() {
			const vault = followed.current;
			shown = vault?.isLoaded('clients') ? presentClient(vault.snapshot, id()) : undefined;
			return shown;
		},
	};
}
