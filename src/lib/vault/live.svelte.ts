import type { CollectionName, Collections } from '$lib/domain/collections.ts';
import { followedVault } from './followed.svelte.ts';

/** A collection as a rune: `current` is undefined until it is read from disk, then always the newest rows. */
export interface Live<N extends CollectionName> {
	readonly current: readonly Collections[N][] | undefined;
}

/** Reads a collection live. Use in components: `const clients = live('clients')`, then `clients.current`. */
export function live<N extends CollectionName>(name: N): Live<N> {
	const followed = followedVault([name]);
	return {
		get current() {
			const vault = followed.current;
			return vault?.isLoaded(name) ? vault.snapshot.rows(name) : undefined;
		},
	};
}
