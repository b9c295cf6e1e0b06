import { settingsFrom } from '$lib/domain/settings.ts';
import type { SignInKeeper } from '$lib/relay/relay.ts';
import type { Vault } from '$lib/vault/types.ts';

/** Keeps a renewed token in the vault, unless the person signed out or in again meanwhile. */
export function signInKeeper(vault: Vault): SignInKeeper {
	return {
		async read() {
			return settingsFrom((await vault.load('settings')).rows('settings'), 'sign-in');
		},
		async save(next) {
			await vault.commit(
				(state) => {
					const { kind, account } = settingsFrom(state.rows('settings'), 'sign-in');
					const isSame = kind === next.kind && account === next.account;
					return isSame ? { put: { settings: [next] } } : undefined;
				},
				{ what: 'sign-in renewed', count: 1 },
				{ needs: ['settings'], isStrict: true },
			);
		},
	};
}
