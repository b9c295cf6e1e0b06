import { browserPorts } from './database.ts';
import type { KeyHolder } from './key-holder.ts';
import { openSealedVault, vaultName } from './sealed-vault.ts';
import type { Vault } from './types.ts';

/**
 * Opens the vault of this origin, making it when there is none. Throws VaultProblem, 'locked' when its
 * key is wrapped and neither `holder` nor another context has it open.
 */
export function openVault(
	name = vaultName,
	ports = browserPorts(),
	holder?: KeyHolder,
): Promise<Vault> {
	return openSealedVault({
		name,
		ports,
		holder,
		undoCode: () => import('./undo-commit.ts'),
		digestCode: () => import('$lib/domain/digest-clients.ts'),
	});
}
