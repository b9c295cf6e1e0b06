import type { CollectionName, Collections } from '$lib/domain/collections.ts';
import type { Table } from '$lib/domain/table.ts';
import { followedVault } from './followed.svelte.ts';

/** A collection as a rune, read by field: `current` is undefined until it is read from disk. */
export interface LiveTable<N extends CollectionName> {
	readonly current: Table<Collections[N]> | undefined;
}

/** As `live`, for what needs a few fields of very many rows. */
export function liveTable<N extends CollectionName>(name: N): LiveTable<N> {
	let table: Table<Collections[N]> | undefined;
	// Other collections change more often than this one.
	const followed = followedVault([name], (now) => now.table(name) !== table);
	return {
		get current() {
			const vault = followed.current;
			return (table = vault?.isLoaded(name) ? vault.snapshot.table(name) : undefined);
		},
	};
}
