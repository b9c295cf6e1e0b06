import { noted } from '$lib/domain/client-change.ts';
import type { Vault } from '$lib/vault/types.ts';
import type { MendPorts } from './mend.ts';

/**
 * Takes back that mail to a client comes back, as one commit that can be undone: she may be written to at
 * the address that she has. Returns its entry id, '' where there was nobody left. Throws VaultProblem.
 */
export async function markNotBounced(
	vault: Vault,
	clientId: string,
	{ now, newId }: MendPorts,
): Promise<string> {
	const stamp = { id: newId(), at: now };
	const receipt = await vault.commit(
		(state) => {
			const client = state.get('clients', clientId);
			if (!client) return undefined;
			const user = state.get('portalUsers', clientId);
			return {
				put: {
					clients: [{ ...client, hasBounced: false, bounceMendedAt: now }],
					portalUsers: user ? [{ ...user, bouncedAt: 0 }] : [],
					clientChanges: [noted('unmarked', [client], stamp)],
				},
			};
		},
		{ what: 'address marked as not bounced', count: 1, canUndo: true },
		{ needs: ['clients', 'portalUsers', 'clientChanges'] },
	);
	return receipt?.entryId ?? '';
}
