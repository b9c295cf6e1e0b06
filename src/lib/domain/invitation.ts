/**
 * Our intent toward a person: the practice wants this client in its portal.
 * Whether the client "has been invited" is derived from invitations and their messages.
 */
export interface Invitation {
	id: string;
	clientId: string;
	emailAddress: string;
	/** 1 for the first invitation of this client at this address, 2 for the next. */
	round: number;
	/** Unguessable, part of the link. */
	code: string;
	/** The message that carries it; clients who share an inbox share one. */
	messageId: string;
	invitedAt: number;
	expiresAt: number;
}
