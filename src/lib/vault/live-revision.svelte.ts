import { createSubscriber } from 'svelte/reactivity';
import { theVault } from './the-vault.ts';
import type { Vault } from './types.ts';

/** How many commits there were, as a rune; undefined until the vault is open. */
export function liveRevision(): { readonly current: number | undefined } {
	let vault = $state.raw<Vault>();
	const subscribe = createSubscriber((update) => {
		let stop: (() => void) | undefined;
		let isGone = false;
		const start = async () => {
			const opened = await theVault();
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
			return vault?.snapshot.revision;
		},
	};
}
