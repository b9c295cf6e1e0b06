import { followedVault } from './followed.svelte.ts';

/** How many commits there were, as a rune; undefined until the vault is open. */
export function liveRevision(): { readonly current: number | undefined } {
	const followed = followedVault([]);
	return {
		get current() {
			return followed.current?.snapshot.revision;
		},
	};
}
