import type { Client } from './client.ts';
import { normaliseEmailAddress } from './email-address.ts';
import { standingAnswer, type Invitation } from './invitation.ts';
import { repeatedBy, type Message } from './message.ts';
import type { AnswerKind } from './welcome-receipt.ts';

/** What somebody may do in the portal of a client. */
export const portalPermissions = ['appointments', 'messages', 'documents', 'billing'] as const;
export type PortalPermission = (typeof portalPermissions)[number];

/** Who gets access to the portal for a client: the client herself, a guardian, a partner. */
export interface PortalUser {
	id: string;
	clientId: string;
	/** The contact card of this person; '' for the client herself or somebody without a card. */
	contactId: string;
	name: string;
	emailAddress: string;
	permissions: readonly PortalPermission[];
	addedAt: number;
	/** 0 when it has not happened, as a person said or a receipt proved. */
	joinedAt: number;
	bouncedAt: number;
	revokedAt: number;
}

/** Derived from facts, never stored. */
export type PortalUserState =
	| { kind: 'never' }
	| { kind: 'queued'; since: number }
	| { kind: 'invited'; at: number; expiresAt: number }
	/** Another letter left since the first, the last one at `lastAt`. */
	| { kind: 'reminded'; at: number; lastAt: number; expiresAt: number }
	| { kind: 'expired'; at: number; expiredAt: number }
	| { kind: 'refused'; at: number; why: string }
	| { kind: 'bounced'; at: number }
	| { kind: 'joined'; at: number }
	/** She answered the invitation; 'joined' is a fact of its own. */
	| { kind: 'answered'; at: number; answer: Exclude<AnswerKind, 'joined'> }
	| { kind: 'revoked'; at: number };

/** The client as the first portal user of her own profile, where no row says more. */
export function ownPortalUser(client: Client): PortalUser {
	return {
		id: client.id,
		clientId: client.id,
		contactId: '',
		name: `${client.firstName} ${client.lastName}`.trim() || client.preferredName,
		emailAddress: client.emailAddress.trim(),
		permissions: portalPermissions,
		addedAt: client.addedAt,
		joinedAt: client.hasJoinedPortal ? (client.joinedSource?.toldAt ?? client.addedAt) : 0,
		bouncedAt: client.hasBounced ? client.addedAt : 0,
		revokedAt: 0,
	};
}

/** The client as her own user: what is known of her by now outweighs what the row once held. */
export function clientAsUser(client: Client, row: PortalUser | undefined): PortalUser {
	const own = ownPortalUser(client);
	if (!row) return own;
	return {
		...row,
		name: own.name,
		emailAddress: own.emailAddress,
		joinedAt: own.joinedAt && (row.joinedAt || own.joinedAt),
		bouncedAt: own.bouncedAt && (row.bouncedAt || own.bouncedAt),
	};
}

/** All who have, or are to have, access for a client; she herself first. */
export function portalUsersOf(client: Client, rows: readonly PortalUser[]): PortalUser[] {
	const ofClient = rows.filter((user) => user.clientId === client.id);
	const own = ofClient.find((user) => user.id === client.id);
	return [clientAsUser(client, own), ...ofClient.filter((user) => user !== own)];
}

/** Who else than the client herself has access at this inbox; undefined for nobody. */
export function otherUserAt(
	client: Client,
	inbox: string,
	rows: readonly PortalUser[],
): PortalUser | undefined {
	const wanted = normaliseEmailAddress(inbox);
	return rows.find(
		(user) =>
			user.clientId === client.id &&
			user.id !== client.id &&
			normaliseEmailAddress(user.emailAddress) === wanted,
	);
}

/** The client's data with the name and address of whom a message about her is written to. */
export function addressee(client: Client, firstName: string, emailAddress: string): Client {
	return { ...client, firstName, lastName: '', preferredName: '', emailAddress };
}

/** A user as one is added: never invited, with nothing marked. */
export function newPortalUser(
	about: Pick<PortalUser, 'id' | 'clientId' | 'contactId' | 'name' | 'emailAddress' | 'addedAt'> &
		Partial<Pick<PortalUser, 'permissions'>>,
): PortalUser {
	return { permissions: portalPermissions, joinedAt: 0, bouncedAt: 0, revokedAt: 0, ...about };
}

/**
 * Where a portal user stands. `invitations` are those of the client; those to this user's inbox count.
 * `carriers`: the messages that carried each invitation, by its id; a resend is one more.
 * What a person said (revoked, joined, bounced) outweighs what was sent. `now` in epoch milliseconds.
 */
export function portalUserState(
	user: PortalUser,
	invitations: readonly Invitation[],
	carriers: ReadonlyMap<string, readonly Message[]>,
	now: number,
): PortalUserState {
	if (user.revokedAt > 0) return { kind: 'revoked', at: user.revokedAt };
	if (user.joinedAt > 0) return { kind: 'joined', at: user.joinedAt };
	if (user.bouncedAt > 0) return { kind: 'bounced', at: user.bouncedAt };
	const inbox = normaliseEmailAddress(user.emailAddress);
	const own = invitations.filter(
		(invitation) =>
			invitation.clientId === user.clientId &&
			normaliseEmailAddress(invitation.emailAddress) === inbox,
	);
	let first = 0;
	let last = 0;
	const letters = new Set<string>();
	let expiresAt = 0;
	let waitingSince = 0;
	let refused: PortalUserState | undefined;
	const sentAt = (at: number, invitation: Invitation, letterId: string) => {
		letters.add(letterId);
		last = Math.max(last, at);
		first = first === 0 ? at : Math.min(first, at);
		expiresAt = Math.max(expiresAt, invitation.expiresAt);
	};
	for (const invitation of own) {
		const messages = carriers.get(invitation.id) ?? [];
		// Without any message left to ask, the invitation itself says that it was made.
		if (messages.length === 0) sentAt(invitation.invitedAt, invitation, invitation.messageId);
		for (const message of messages)
			switch (message.state) {
				case 'queued':
				case 'sending':
				case 'held':
				case 'unconfirmed':
					waitingSince = Math.max(waitingSince, message.queuedAt);
					break;
				case 'failed':
					refused = { kind: 'refused', at: message.settledAt, why: message.reason };
					break;
				case 'cancelled':
					break;
				case 'sent':
					sentAt(message.settledAt || message.queuedAt, invitation, message.id);
			}
	}
	if (waitingSince > 0) return { kind: 'queued', since: waitingSince };
	const newest = own[own.length - 1];
	const answer = newest && standingAnswer(newest);
	if (answer && answer.kind !== 'joined')
		return { kind: 'answered', at: answer.at, answer: answer.kind };
	if (first > 0 && expiresAt <= now) return { kind: 'expired', at: first, expiredAt: expiresAt };
	if (letters.size > 1) return { kind: 'reminded', at: first, lastAt: last, expiresAt };
	if (first > 0) return { kind: 'invited', at: first, expiresAt };
	return refused ?? { kind: 'never' };
}

const none: readonly string[] = Object.freeze([]);

/** The messages that carried each of these invitations, by the invitation's id. */
export function carriersOf(
	invitations: readonly Invitation[],
	messages: readonly Message[],
): ReadonlyMap<string, readonly Message[]> {
	const carriers = new Map<string, Message[]>();
	const byMessage = new Map<string, string[]>();
	for (const { id, messageId } of invitations) {
		carriers.set(id, []);
		const shared = byMessage.get(messageId);
		if (shared) shared.push(id);
		else byMessage.set(messageId, [id]);
	}
	for (const message of messages) {
		// One message may carry several: of clients who share an inbox.
		const shared = byMessage.get(message.id) ?? none;
		for (const id of shared) carriers.get(id)?.push(message);
		for (const id of repeatedBy(message)) if (!shared.includes(id)) carriers.get(id)?.push(message);
	}
	return carriers;
}
