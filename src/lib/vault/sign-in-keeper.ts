import { settingsFrom } from '$lib/domain/settings.ts';
import type { SignIn } from '$lib/domain/settings/relay.ts';
import type { Vault } from './types.ts';

/** For a relay that signs in: keeps a renewed token in the vault, unless the person signed out or in again meanwhile. */
export function signInKeeper(vault: Vault) {
	return {
		async read(): Promise<SignIn> {
			return settingsFrom((await vault.load('settings')).rows('settings'), 'sign-in');
		},
		async save(next: SignIn): Promise<void> {
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
