import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import { isEmailAddress, normaliseEmailAddress } from '$lib/domain/email-address.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import { repeatedBy, type Message } from '$lib/domain/message.ts';
import { otherUserAt, type PortalUser } from '$lib/domain/portal-user.ts';
import { presentClient } from '$lib/vault/present-client.ts';
import type { Snapshot } from '$lib/vault/types.ts';

/** Refused, or held because mail came back; nothing that may have arrived. */
export function isCorrectable({ state, heldFor, maybeSentAt }: Message): boolean {
	return maybeSentAt === 0 && (state === 'failed' || (state === 'held' && heldFor === 'bounced'));
}

/** Who else than the client was written to: a guardian, a partner; undefined where it was she. */
export function userOf(state: Snapshot, message: Message): PortalUser | undefined {
	const client = presentClient(state, message.clientId);
	return client && otherUserAt(client, message.toAddress, state.rows('portalUsers'));
}

/** The invitations that a message carries; of a reminder those that it repeats. */
export function carriedBy(state: Snapshot, message: Message): Invitation[] {
	const carried = state.rows('invitations').filter(({ messageId }) => messageId === message.id);
	if (carried.length > 0) return carried;
	return repeatedBy(message).flatMap((id) => state.get('invitations', id) ?? []);
}

/** The cards of guardians to whom the message went, with the corrected address; undefined where it went to none. */
export function guardiansOf(
	state: Snapshot,
	message: Message,
	emailAddress: string,
): { changed: Contact[]; all: Contact[] } | undefined {
	const carried = carriedBy(state, message);
	const ids = new Set(carried.flatMap(({ contactId }) => contactId ?? []));
	if (ids.size === 0) return undefined;
	const inbox = normaliseEmailAddress(message.toAddress);
	const changed: Contact[] = [];
	const all = state.rows('contacts').map((contact) => {
		// One that had no address was written to at the client's own.
		const had = normaliseEmailAddress(contact.emailAddress);
		if (!ids.has(contact.id) || (had !== inbox && isEmailAddress(had))) return contact;
		const corrected = { ...contact, emailAddress };
		changed.push(corrected);
		return corrected;
	});
	return { changed, all };
}

/** Those whose invitation the message carries and who still have its address; its own client first. */
export function clientsOf(state: Snapshot, message: Message): Client[] {
	const inbox = normaliseEmailAddress(message.toAddress);
	const carried = carriedBy(state, message);
	const others = carried.map(({ clientId, contactId }) => {
		const client = presentClient(state, clientId);
		const isAtInbox = client && normaliseEmailAddress(client.emailAddress) === inbox;
		return contactId !== undefined || isAtInbox ? client : undefined;
	});
	return [...new Set([presentClient(state, message.clientId), ...others])].filter(
		(client) => client !== undefined,
	);
}
