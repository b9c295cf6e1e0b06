import { noted } from '$lib/domain/client-change.ts';
import type { Changes, Snapshot, Vault } from '$lib/vault/types.ts';
import type { AddressOwner, MendPorts } from './mend.ts';
import { withoutBounce } from './without-bounce.ts';

/**
 * Takes back that mail to a client, or to her guardian, comes back, as one commit that can be undone: the
 * address that is there may be written to. Returns its entry id, '' where there was nobody left. Throws
 * VaultProblem.
 */
export async function markNotBounced(
	vault: Vault,
	owner: AddressOwner,
	{ now, newId }: MendPorts,
): Promise<string> {
	const stamp = { id: newId(), at: now };
	const receipt = await vault.commit(
		(state) => {
			const client = state.get('clients', owner.clientId);
			if (!client) return undefined;
			const clientChanges = [noted('unmarked', [client], stamp)];
			return { put: { ...unmarked(state, owner, now), clientChanges } };
		},
		{ what: 'address marked as not bounced', count: 1, canUndo: true },
		{ needs: ['clients', 'portalUsers', 'clientChanges'] },
	);
	return receipt?.entryId ?? '';
}

function unmarked(
	state: Snapshot,
	{ clientId, contactId }: AddressOwner,
	now: number,
): Changes['put'] {
	if (contactId !== undefined) return withoutBounce(state, contactId, now);
	const client = state.get('clients', clientId);
	const user = state.get('portalUsers', clientId);
	return {
		clients: client ? [{ ...client, hasBounced: false, bounceMendedAt: now }] : [],
		portalUsers: user ? [{ ...user, bouncedAt: 0 }] : [],
	};
}
