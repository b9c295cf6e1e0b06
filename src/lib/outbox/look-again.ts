import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import { inboxOf } from '$lib/domain/inbox.ts';
import { idsOf, presentIds } from '$lib/domain/former-ids.ts';
import { isGuardianStill } from '$lib/domain/guardians.ts';
import { markedUsers, type MarksAt } from '$lib/domain/marked-users.ts';
import { repeatedBy, type HeldReason, type Message } from '$lib/domain/message.ts';
import { standingAnswer, type Invitation } from '$lib/domain/invitation.ts';
import { standsAgainst } from '$lib/domain/standing-against.ts';
import type { Table } from '$lib/domain/table.ts';
import { presentClient } from '$lib/vault/present-client.ts';
import type { Snapshot } from '$lib/vault/types.ts';

/** Collections that `lookAgain` reads. */
export const lookedAt = ['clients', 'contacts', 'portalUsers', 'invitations'] as const;

/**
 * What stands by now against the clients of a queued message, or against the guardian to whom it goes;
 * '' when nothing does. Looked at in the very commit that claims it, so that no automatic path emails
 * whom the report leaves out.
 */
export function lookAgain(state: Snapshot, message: Message): HeldReason | '' {
	const clientIds = new Set([message.clientId]);
	const carried = invitationsOf(state, message);
	for (const { clientId } of carried) clientIds.add(clientId);
	const find = (id: string) => presentClient(state, id) ?? restingClient(state, id);
	const against = standsAgainst(message, [...clientIds].map(find));
	if (against !== '') return against;
	for (const { id, clientId, contactId } of carried) {
		if (contactId === undefined) continue;
		const isNamed = id === message.invitationId;
		if (!isGuardianStill(state.get('contacts', contactId), find(clientId), message, isNamed))
			return 'guardian-changed';
	}
	const inbox = inboxOf(message.toAddress);
	const marksAt = marksIn(state);
	for (const id of clientIds) {
		const client = find(id);
		const isOwn = !carried.some(({ clientId, contactId }) => clientId === id && contactId);
		// At an inbox of her own it is she who is written to, whoever else has access there.
		if (!client || (isOwn && inboxOf(client.emailAddress) === inbox)) continue;
		const marks = marksAt?.(client.id, inbox);
		if (marks && marks.revokedAt > 0) return 'revoked';
		if (marks && marks.joinedAt > 0) return 'joined';
		if (marks && marks.bouncedAt > 0) return 'bounced';
	}
	const isRefused = refusingInboxes(state).has(inbox);
	return isRefused && !message.despite.includes('inbox-do-not-email') ? 'inbox-do-not-email' : '';
}

/** Those that the message carries; of one that is sent again, those that it repeats. */
function invitationsOf(state: Snapshot, message: Message): readonly Invitation[] {
	const carried = carriedBy(state.rows('invitations')).get(message.id);
	if (carried) return carried;
	return repeatedBy(message).flatMap((id) => state.get('invitations', id) ?? []);
}

const carriedByInvitations = new WeakMap<readonly Invitation[], Map<string, Invitation[]>>();

/** Invitations by message; read once as long as none changes, however many messages leave. */
function carriedBy(invitations: readonly Invitation[]): Map<string, Invitation[]> {
	const known = carriedByInvitations.get(invitations);
	if (known) return known;
	const carried = new Map<string, Invitation[]>();
	for (const invitation of invitations) {
		const others = carried.get(invitation.messageId);
		if (others) others.push(invitation);
		else carried.set(invitation.messageId, [invitation]);
	}
	carriedByInvitations.set(invitations, carried);
	return carried;
}

const marksOf = new WeakMap<Table<Client>, { users: unknown; marksAt: MarksAt | undefined }>();

function marksIn(state: Snapshot): MarksAt | undefined {
	const clients = state.table('clients');
	const users = state.table('portalUsers');
	const known = marksOf.get(clients);
	if (known?.users === users) return known.marksAt;
	const marksAt = markedUsers(users, () => presentIds(clients));
	marksOf.set(clients, { users, marksAt });
	return marksAt;
}

const refusingIn = new WeakMap<
	Table<Client>,
	{ others: readonly unknown[]; inboxes: Set<string> }
>();

/** The inboxes of clients who asked not to be emailed, of their guardians, and of guardians who asked so themselves. */
function refusingInboxes(state: Snapshot): ReadonlySet<string> {
	const clients = state.table('clients');
	const contacts = state.rows('contacts');
	const others = [contacts, state.table('portalUsers'), state.rows('invitations')];
	const known = refusingIn.get(clients);
	if (known && others.every((one, index) => one === known.others[index])) return known.inboxes;
	const inboxes = new Set<string>();
	const clientIds = new Set<string>();
	for (const part of clients.parts) {
		const doNotEmails = part.column('isDoNotEmail');
		for (let index = 0; index < part.length; index++) {
			if (!doNotEmails.at(index)) continue;
			clientIds.add(part.column('id').at(index));
			inboxes.add(inboxOf(part.column('emailAddress').at(index)));
		}
	}
	for (const { clientId, relationship, emailAddress } of contacts)
		if (relationship === 'guardian' && clientIds.has(clientId)) inboxes.add(inboxOf(emailAddress));
	const marksAt = marksIn(state);
	for (const invitation of state.rows('invitations')) {
		if (standingAnswer(invitation)?.kind !== 'do-not-email') continue;
		const inbox = inboxOf(invitation.emailAddress);
		const client = presentClient(state, invitation.clientId);
		const marks = client && marksAt?.(client.id, inbox);
		if (marks && marks.revokedAt > 0) inboxes.add(inbox);
	}
	inboxes.delete('');
	refusingIn.set(clients, { others, inboxes });
	return inboxes;
}

const restingIn = new WeakMap<readonly Contact[], ReadonlyMap<string, Client>>();

/** Who became a contact of another client rests in that card: her invitation leaves, unless it was called back. */
function restingClient(state: Snapshot, id: string): Client | undefined {
	const contacts = state.rows('contacts');
	let resting = restingIn.get(contacts);
	if (!resting) {
		const clients = contacts.flatMap(({ profile }) => profile ?? []);
		resting = new Map(clients.flatMap((client) => idsOf(client).map((one) => [one, client])));
		restingIn.set(contacts, resting);
	}
	return resting.get(id);
}
