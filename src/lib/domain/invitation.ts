import type { AnswerKind } from './welcome-receipt.ts';

/** What the person who was invited answered, from her receipt. */
export interface InvitationAnswer {
	kind: AnswerKind;
	/** When she gave it, by her device; epoch milliseconds. */
	at: number;
	/** The same receipt is not applied twice. */
	receiptId: string;
	/** When the practitioner applied it. */
	appliedAt: number;
}

/**
 * Our intent toward a person: the practice wants this client in its portal.
 * Whether the client "has been invited" is derived from invitations and their messages.
 */
export interface Invitation {
	id: string;
	clientId: string;
	emailAddress: string;
	/** The card of the guardian to whom it goes; absent where it goes to the client herself, or by a portal user. */
	contactId?: string;
	/** 1 for the first invitation of this client at this address, 2 for the next. */
	round: number;
	/** Unguessable, part of the link. */
	code: string;
	/** The message that carries it; clients who share an inbox share one. */
	messageId: string;
	invitedAt: number;
	expiresAt: number;
	/** In the order in which they were applied: the last one stands. Absent while there is none. */
	answers?: readonly InvitationAnswer[];
}

/** The answer that stands; undefined while there is none. */
export function standingAnswer({
	answers,
}: Pick<Invitation, 'answers'>): InvitationAnswer | undefined {
	return answers?.[answers.length - 1];
}
