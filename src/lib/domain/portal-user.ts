import type { Client } from './client.ts';
import { normaliseEmailAddress } from './email-address.ts';
import type { Invitation } from './invitation.ts';
import type { Message } from './message.ts';

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
	| { kind: 'expired'; at: number; expiredAt: number }
	| { kind: 'refused'; at: number; why: string }
	| { kind: 'bounced'; at: number }
	| { kind: 'joined'; at: number }
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

/**
 * Where a portal user stands. `invitations` are those of the client; those to this user's inbox count.
 * What a person said (revoked, joined, bounced) outweighs what was sent. `now` in epoch milliseconds.
 */
export function portalUserState(
	user: PortalUser,
	invitations: readonly Invitation[],
	messageOf: (id: string) => Message | undefined,
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
	let expiresAt = 0;
	let waitingSince = 0;
	let refused: PortalUserState | undefined;
	for (const invitation of own) {
		const message = messageOf(invitation.messageId);
		switch (message?.state) {
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
			case undefined: {
				const at = message ? message.settledAt || message.queuedAt : invitation.invitedAt;
				first = first === 0 ? at : Math.min(first, at);
				expiresAt = Math.max(expiresAt, invitation.expiresAt);
			}
		}
	}
	if (waitingSince > 0) return { kind: 'queued', since: waitingSince };
	if (first > 0)
		return expiresAt > now
			? { kind: 'invited', at: first, expiresAt }
			: { kind: 'expired', at: first, expiredAt: expiresAt };
	return refused ?? { kind: 'never' };
}
