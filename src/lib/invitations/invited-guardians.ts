import type { Invitation } from '$lib/domain/invitation.ts';
import { newPortalUser, type PortalUser } from '$lib/domain/portal-user.ts';
import type { Sheet } from '$lib/domain/sheet.ts';
import type { Snapshot } from '$lib/vault/types.ts';

/** Guardians whom these invitations make portal users of their children: those who are not yet. */
export function invitedGuardians(
	state: Snapshot,
	invitations: Sheet<Invitation>,
	{ now, newId }: { now: number; newId: () => string },
): PortalUser[] {
	const contactIds = invitations.values('contactId');
	const ofCards = contactIds.flatMap((contactId, at) => (contactId ? [invitations.row(at)] : []));
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
