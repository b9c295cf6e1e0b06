import type { CollectionName, Collections } from '$lib/domain/collections.ts';
import { createSubscriber } from 'svelte/reactivity';
import { theVault } from './the-vault.ts';
import type { Vault } from './types.ts';

/** A collection as a rune: `current` is undefined until it is read from disk, then always the newest rows. */
export interface Live<N extends CollectionName> {
	readonly current: readonly Collections[N][] | undefined;
}

/** Reads a collection live. Use in components: `const clients = live('clients')`, then `clients.current`. */
export function live<N extends CollectionName>(name: N): Live<N> {
	let vault = $state.raw<Vault>();
	const subscribe = createSubscriber((update) => {
		let stop: (() => void) | undefined;
		let isGone = false;
		const start = async () => {
			const opened = await theVault();
			await opened.load(name);
			if (isGone) return;
			vault = opened;
			stop = opened.follow(update);
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
		get current() {
			subscribe();
			return vault?.isLoaded(name) ? vault.snapshot.rows(name) : undefined;
		},
	};
}
