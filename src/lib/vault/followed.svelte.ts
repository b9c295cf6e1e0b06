import type { CollectionName } from '$lib/domain/collections.ts';
import { createSubscriber } from 'svelte/reactivity';
import { theVault } from './the-vault.ts';
import type { Snapshot, Vault } from './types.ts';

/**
 * The vault as a rune, once these collections are read from disk; undefined until then. Whoever reads it
 * is told of every change, or of those that `isNews` names.
 */
export function followedVault(
	names: readonly CollectionName[],
	isNews: (now: Snapshot) => boolean = () => true,
): { readonly current: Vault | undefined } {
	let vault = $state.raw<Vault>();
	const subscribe = createSubscriber((update) => {
		let stop: (() => void) | undefined;
		let isGone = false;
		const start = async () => {
			const opened = await theVault();
			if (names.length > 0) await opened.load(...names);
			if (isGone) return;
			vault = opened;
			stop = opened.follow((now) => {
				if (isNews(now)) update();
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
			return vault;
		},
	};
}
