import type { Client } from '$lib/domain/client.ts';
import type { PortalUser } from '$lib/domain/portal-user.ts';
import type { Snapshot } from '$lib/vault/types.ts';

/**
 * Who has access by a guardian's card, with no mail that came back; and the clients for whom it did, with
 * when that was mended. `now`: epoch milliseconds.
 */
export function withoutBounce(
	state: Snapshot,
	contactId: string,
	now: number,
): { clients: Client[]; portalUsers: PortalUser[] } {
	const users = state.rows('portalUsers').filter((user) => user.contactId === contactId);
	const clients = users
		.filter(({ bouncedAt }) => bouncedAt > 0)
		.flatMap(({ clientId }) => state.get('clients', clientId) ?? [])
		.map((client) => ({ ...client, bounceMendedAt: now }));
	return { clients, portalUsers: users.map((user) => ({ ...user, bouncedAt: 0 })) };
}
