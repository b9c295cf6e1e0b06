import type { Invitation } from '$lib/domain/invitation.ts';
import { newPortalUser, type PortalUser } from '$lib/domain/portal-user.ts';
import type { Snapshot } from '$lib/vault/types.ts';

/** Guardians whom these invitations make portal users of their children: those who are not yet. */
export function invitedGuardians(
	state: Snapshot,
	invitations: readonly Invitation[],
	{ now, newId }: { now: number; newId: () => string },
): PortalUser[] {
	const ofCards = invitations.filter(({ contactId }) => contactId !== undefined);
	if (ofCards.length === 0) return [];
	const place = (clientId: string, contactId: string) => `${clientId}/${contactId}`;
	const known = new Set(
		state.rows('portalUsers').map(({ clientId, contactId }) => place(clientId, contactId)),
	);
	return ofCards.flatMap(({ clientId, contactId = '', emailAddress }) => {
		if (known.has(place(clientId, contactId))) return [];
		known.add(place(clientId, contactId));
		const name = state.get('contacts', contactId)?.name ?? '';
		return [newPortalUser({ id: newId(), clientId, contactId, name, emailAddress, addedAt: now })];
	});
}
