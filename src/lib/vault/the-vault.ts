import type { Vault } from './types.ts';
import { openVault } from './vault.ts';

let opening: Promise<Vault> | undefined;

/** The one vault of this context (page, worker or service worker), opened on first use. Throws VaultProblem. */
export function theVault(): Promise<Vault> {
	opening ??= openVault().catch((error: unknown) => {
		opening = undefined;
		throw error;
	});
	return opening;
}
