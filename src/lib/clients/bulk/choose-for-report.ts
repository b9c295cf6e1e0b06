import { everyone } from '$lib/domain/report-scope.ts';
import type { Vault } from '$lib/vault/types.ts';

/**
 * Limits the report to these clients, in place of whoever was chosen before; who chooses all of them
 * limits nothing. Throws VaultProblem.
 */
export async function chooseForReport(
	vault: Vault,
	ids: readonly string[],
	now: number,
): Promise<void> {
	await vault.commit(
		(state) => {
			const clientIds = [...new Set(ids)].filter((id) => state.get('clients', id));
			const isAll = clientIds.length === state.table('clients').length;
			const scope = { id: 'report-scope', clientIds, chosenAt: now } as const;
			return { put: { settings: [isAll ? everyone : scope] } };
		},
		{ what: 'report of some', count: ids.length },
		{ needs: ['clients', 'settings'] },
	);
}
