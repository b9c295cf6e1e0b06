import type { Client } from '$lib/domain/client.ts';
import { createSubscriber } from 'svelte/reactivity';
import { presentClient } from './present-client.ts';
import { theVault } from './the-vault.ts';
import type { Vault } from './types.ts';

/** One client as a rune, found without unpacking the others. */
export interface LiveClient {
	/** False until the clients are read from disk. */
	readonly isLoaded: boolean;
	/** Whom the id names, or whose profile that one was merged into; undefined for one who is not here. */
	readonly current: Client | undefined;
}

export function liveClient(id: () => string): LiveClient {
	let vault = $state.raw<Vault>();
	let shown: Client | undefined;
	const subscribe = createSubscriber((update) => {
		let stop: (() => void) | undefined;
		let isGone = false;
		const start = async () => {
			const opened = await theVault();
			await opened.load('clients');
			if (isGone) return;
			vault = opened;
			stop = opened.follow((now) => {
				if (presentClient(now, id()) !== shown) update();
			});
			update();
		};
		// The frame opens the same vault and says what is wrong with it.
		start().catch(() => {});
		return () => {
			isGone = true;
			stop?.();
		};
	});
	return {
		get isLoaded() {
			subscribe();
			return vault?.isLoaded('clients') ?? false;
		},
		get current() {
			subscribe();
			shown = vault?.isLoaded('clients') ? presentClient(vault.snapshot, id()) : undefined;
			return shown;
		},
	};
}
