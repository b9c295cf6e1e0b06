import type { CollectionName, Collections } from '$lib/domain/collections.ts';
import type { Table } from '$lib/domain/table.ts';
import { createSubscriber } from 'svelte/reactivity';
import { theVault } from './the-vault.ts';
import type { Vault } from './types.ts';

/** A collection as a rune, read by field: `current` is undefined until it is read from disk. */
export interface LiveTable<N extends CollectionName> {
	readonly current: Table<Collections[N]> | undefined;
}

/** As `live`, for what needs a few fields of very many rows. */
export function liveTable<N extends CollectionName>(name: N): LiveTable<N> {
	let vault = $state.raw<Vault>();
	let table: Table<Collections[N]> | undefined;
	const subscribe = createSubscriber((update) => {
		let stop: (() => void) | undefined;
		let isGone = false;
		const start = async () => {
			const opened = await theVault();
			await opened.load(name);
			if (isGone) return;
			vault = opened;
			stop = opened.follow(() => {
				// Other collections change more often than this one.
				if (opened.snapshot.table(name) !== table) update();
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
		get current() {
			subscribe();
			return (table = vault?.isLoaded(name) ? vault.snapshot.table(name) : undefined);
		},
	};
}
