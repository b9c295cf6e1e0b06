import type { Contact } from '$lib/domain/contact.ts';
import type { Client } from '$lib/domain/client.ts';
import { dateInWords } from '$lib/domain/date-in-words.ts';
import { isEmailAddress, normaliseEmailAddress } from '$lib/domain/email-address.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import { repeatedBy, type Message } from '$lib/domain/message.ts';
import { withEvent } from '$lib/domain/message-event.ts';
import type { ReasonKind } from '$lib/domain/report-reasons.ts';
import { otherUserAt, type PortalUser } from '$lib/domain/portal-user.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import { presentClient } from '$lib/vault/present-client.ts';
import type { Changes, Snapshot, Vault } from '$lib/vault/types.ts';
import {
	nearby,
	nextRound,
	reportNear,
	type Standing,
	standingOf,
	withoutInvited,
} from './report-near.ts';

const dayMs = 86_400_000;

export interface Correction {
	messageId: string;
	address: string;
	/** Doubts that the person was shown and overrode. */
	despite: readonly ReasonKind[];
}

export type Corrected =
	| { kind: 'queued'; messageId: string }
	| Exclude<Standing, { kind: 'fit' }>
	/** It was not refused, or no longer is. */
	| { kind: 'moved-on' };

export interface CorrectionPorts {
	now: () => number;
	newId: () => string;
}

const browserPorts: CorrectionPorts = { now: Date.now, newId: () => crypto.randomUUID() };

/**
 * After a refusal: the client's address and a new message under a new key, in one commit; the refused
 * one is put away and keeps its history. Clients who share the message and still have the old address
 * move with it. Who is left out by the report is never queued. Throws VaultProblem.
 */
export async function correctAddress(
	vault: Vault,
	correction: Correction,
	ports: CorrectionPorts = browserPorts,
): Promise<Corrected> {
	let corrected: Corrected = { kind: 'moved-on' };
	await vault.commit(
		(state) => {
			corrected = { kind: 'moved-on' };
			const refused = state.get('messages', correction.messageId);
			if (!refused || !isCorrectable(refused)) return undefined;
			const address = correction.address.trim();
			const guardians = guardiansOf(state, refused, address);
			const clients = clientsOf(state, refused).map((client) => ({
				...client,
				emailAddress: guardians ? client.emailAddress : address,
				// A bounce spoke of the address of that time.
				hasBounced: false,
			}));
			if (clients.length === 0) return undefined;
			const putAway = new Set([refused.id]);
			const rows = reportNear(state, clients, putAway, ports.now(), guardians?.all).map((row) =>
				withoutInvited(row, refused),
			);
			const standing = standingOf(rows, correction.despite);
			if (standing.kind !== 'fit') {
				corrected = standing;
				return undefined;
			}
			const { changes, messageId } = sentAnew(state, refused, clients, correction, ports);
			corrected = { kind: 'queued', messageId };
			if (guardians) {
				const contactIds = guardians.changed.map(({ id }) => id);
				const portalUsers = state
					.rows('portalUsers')
					.filter(({ contactId }) => contactIds.includes(contactId))
					.map((user) => ({ ...user, emailAddress: correction.address.trim(), bouncedAt: 0 }));
				return { put: { ...changes.put, contacts: guardians.changed, portalUsers } };
			}
			// Another user's address is not the client's: hers stays what it is.
			const user = userOf(state, refused);
			if (!user) return changes;
			const { clients: _kept, ...others } = changes.put ?? {};
			return { put: { ...others, ...correctedUser(state, user, correction.address.trim()) } };
		},
		{ what: 'address corrected', count: 1 },
		{ needs: [...nearby, 'portalUsers', 'letters', 'settings'], isStrict: true },
	);
	return corrected;
}

/** Who else than the client was written to: a guardian, a partner; undefined where it was she. */
function userOf(state: Snapshot, message: Message): PortalUser | undefined {
	const client = presentClient(state, message.clientId);
	return client && otherUserAt(client, message.toAddress, state.rows('portalUsers'));
}

/** The invitations that a message carries; of a reminder those that it repeats. */
function carriedBy(state: Snapshot, message: Message): Invitation[] {
	const carried = state.rows('invitations').filter(({ messageId }) => messageId === message.id);
	if (carried.length > 0) return carried;
	return repeatedBy(message).flatMap((id) => state.get('invitations', id) ?? []);
}

/** The cards of guardians to whom the message went, with the corrected address; undefined where it went to none. */
function guardiansOf(
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

const withContact = (contactId: string | undefined) =>
	contactId === undefined ? {} : { contactId };

/** The user at the corrected address, and the card by which she has access. */
function correctedUser(state: Snapshot, user: PortalUser, emailAddress: string): Changes['put'] {
	const contact = state.get('contacts', user.contactId);
	return {
		portalUsers: [{ ...user, emailAddress, bouncedAt: 0 }],
		contacts: contact ? [{ ...contact, emailAddress }] : [],
	};
}

/** Refused, or held because mail came back; nothing that may have arrived. */
export function isCorrectable({ state, heldFor, maybeSentAt }: Message): boolean {
	return maybeSentAt === 0 && (state === 'failed' || (state === 'held' && heldFor === 'bounced'));
}

/** Those whose invitation the message carries and who still have its address; its own client first. */
function clientsOf(state: Snapshot, message: Message): Client[] {
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

function sentAnew(
	state: Snapshot,
	refused: Message,
	clients: readonly Client[],
	{ address, despite }: Correction,
	{ now: clock, newId }: CorrectionPorts,
): { changes: Changes; messageId: string } {
	const now = clock();
	const { undoWindowMs, expiryDays } = settingsFrom(state.rows('settings'), 'invitation');
	const messageId = newId();
	const old = carriedBy(state, refused);
	const own = old.find(({ clientId }) => clientId === refused.clientId) ?? old[0];
	// The link stays the one that was confirmed, and open at least as long.
	const expiresAt = Math.max(own?.expiresAt ?? 0, now + expiryDays * dayMs);
	const contactIds = new Map(
		old.map(({ clientId, contactId }) => [presentClient(state, clientId)?.id, contactId]),
	);
	const invitations = clients.map((client): Invitation => ({
		id: newId(),
		clientId: client.id,
		emailAddress: address.trim(),
		round: nextRound(state, client.id, address),
		code: own?.code ?? newId(),
		messageId,
		invitedAt: now,
		expiresAt,
		...withContact(contactIds.get(client.id)),
	}));
	const first = invitations[0];
	const letter = state.get('letters', refused.letterId);
	const fields = refused.fields.map((value, at) =>
		letter?.fieldNames[at] === 'expiry date' ? dateInWords(expiresAt) : value,
	);
	const { alsoFor: _others, extended: _ends, ...before } = refused;
	const message: Message = {
		...before,
		id: messageId,
		invitationId: first?.id ?? refused.invitationId,
		// The round is hers: under the id of a profile that was merged into hers it may be a used key.
		clientId: first?.clientId ?? refused.clientId,
		toAddress: address.trim(),
		round: first?.round ?? refused.round + 1,
		fields,
		state: 'queued',
		heldFor: '',
		queuedAt: now,
		dueAt: now + undoWindowMs,
		scheduledFor: 0,
		attempts: 0,
		claimedAt: 0,
		triedVia: '',
		asks: 0,
		mayRepeat: false,
		despite: [...new Set([...refused.despite, ...despite])],
		settledAt: 0,
		reason: '',
		history: [{ at: now, event: 'queued', detail: 'The address was corrected.' }],
	};
	const reason = refused.reason && `The relay had refused it: ${refused.reason}`;
	const putAway = withEvent(refused, 'address-corrected', now, 'It was queued anew.', {
		state: 'cancelled',
		heldFor: '',
		settledAt: now,
		reason,
	});
	return { changes: { put: { clients, invitations, messages: [putAway, message] } }, messageId };
}
