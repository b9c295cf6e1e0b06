import { inboxOf } from './inbox.ts';
import { standingAnswer, type Invitation } from './invitation.ts';
import { repeatedBy, type Message, type MessageState } from './message.ts';
import type { AnswerKind } from './welcome-receipt.ts';

/**
 * Where a client stands with regard to invitations; who is not in the map was never invited.
 * - `waiting`: a message is on its way, or waits for a person to decide
 * - `invited`: a message was sent; `at` is the first time. `isReminded`: by another one since
 * - `maybe`: cancelled by a person after an attempt that may have arrived
 * - `refused`: a relay refused the last message, and none was ever sent
 */
export type Standing =
	| { kind: 'waiting'; since: number; messageId: string }
	| { kind: 'invited'; at: number; expiresAt: number; isReminded: boolean; messageId: string }
	| { kind: 'maybe'; at: number; inbox: string }
	| { kind: 'refused'; at: number; inbox: string; why: string };

export interface Standings {
	byClient: ReadonlyMap<string, Standing>;
	/** Inboxes that have, or are about to have, an invitation: inbox → the client it was for. */
	clientByInbox: ReadonlyMap<string, string>;
	/** The last answer to an invitation, by client; who is not in the map has given none. */
	answers: ReadonlyMap<string, ClientAnswer>;
}

export interface ClientAnswer {
	kind: AnswerKind;
	/** When it was given. */
	at: number;
	appliedAt: number;
	/** The inbox that it came from. */
	inbox: string;
}

const nobodyMerged: ReadonlyMap<string, string> = new Map();

/**
 * Derives every client's standing from what was invited and what became of the messages. What a profile
 * was sent before it was merged into another (`presentIds`) counts as the other's.
 */
export function invitationStandings(
	invitations: readonly Invitation[],
	messages: readonly Message[],
	presentIds: ReadonlyMap<string, string> = nobodyMerged,
): Standings {
	const messageById = new Map<string, Message>();
	const resentByInvitation = new Map<string, Message[]>();
	for (const message of messages) messageById.set(message.id, message);
	if (messages.length > 0) {
		const carriers = new Set<string>();
		for (const invitation of invitations) carriers.add(invitation.messageId);
		for (const message of messages) {
			if (carriers.has(message.id)) continue;
			for (const id of repeatedBy(message)) {
				const others = resentByInvitation.get(id);
				if (others) others.push(message);
				else resentByInvitation.set(id, [message]);
			}
		}
	}

	const byClient = new Map<string, Standing>();
	const clientByInbox = new Map<string, string>();
	const answers = new Map<string, ClientAnswer>();
	for (const invitation of invitations) {
		const inbox = inboxOf(invitation.emailAddress);
		const clientId = presentIds.get(invitation.clientId) ?? invitation.clientId;
		const carrier = messageById.get(invitation.messageId);
		const resent = resentByInvitation.get(invitation.id);
		// What somebody else got does not make her invited.
		const isHers = !invitation.answers || noteAnswer(answers, clientId, inbox, invitation);
		const standingOf = isHers ? standingAfter : standingIfWaiting;
		// Without any message left to ask, the invitation itself says that it was made: better once too few.
		if (!carrier && !resent) {
			if (!isHers) continue;
			note(byClient, clientByInbox, clientId, inbox, {
				kind: 'invited',
				at: invitation.invitedAt,
				expiresAt: invitation.expiresAt,
				isReminded: false,
				messageId: invitation.messageId,
			});
			continue;
		}
		if (carrier)
			note(byClient, clientByInbox, clientId, inbox, standingOf(carrier, inbox, invitation));
		for (const message of resent ?? [])
			note(byClient, clientByInbox, clientId, inbox, standingOf(message, inbox, invitation));
	}
	return { byClient, clientByInbox, answers };
}

/** Returns false where the answer is that the invitation came to somebody else. */
function noteAnswer(
	answers: Map<string, ClientAnswer>,
	clientId: string,
	inbox: string,
	invitation: Invitation,
): boolean {
	const answer = standingAnswer(invitation);
	if (!answer) return true;
	const { kind, at, appliedAt } = answer;
	const known = answers.get(clientId);
	if (!known || known.appliedAt <= appliedAt) answers.set(clientId, { kind, at, appliedAt, inbox });
	return kind !== 'not-mine';
}

function standingIfWaiting(
	message: Message,
	inbox: string,
	invitation: Invitation,
): Standing | undefined {
	const standing = standingAfter(message, inbox, invitation);
	return standing?.kind === 'waiting' ? standing : undefined;
}

function standingAfter(
	message: Message,
	inbox: string,
	{ expiresAt }: Invitation,
): Standing | undefined {
	const state: MessageState = message.state;
	switch (state) {
		case 'queued':
		case 'sending':
		case 'held':
		case 'unconfirmed':
			return { kind: 'waiting', since: message.queuedAt, messageId: message.id };
		case 'sent':
			return {
				kind: 'invited',
				at: message.settledAt || message.queuedAt,
				expiresAt,
				isReminded: false,
				messageId: message.id,
			};
		case 'failed':
			return { kind: 'refused', at: message.settledAt, inbox, why: message.reason };
		case 'cancelled':
			return message.maybeSentAt > 0
				? { kind: 'maybe', at: message.maybeSentAt, inbox }
				: undefined;
	}
}

const rank = { waiting: 4, invited: 3, maybe: 2, refused: 1 };

function note(
	byClient: Map<string, Standing>,
	clientByInbox: Map<string, string>,
	clientId: string,
	inbox: string,
	found: Standing | undefined,
): void {
	if (!found) return;
	if (found.kind !== 'refused' && !clientByInbox.has(inbox)) clientByInbox.set(inbox, clientId);
	const known = byClient.get(clientId);
	if (!known || rank[found.kind] > rank[known.kind]) {
		byClient.set(clientId, found);
		return;
	}
	if (known.kind === 'invited' && found.kind === 'invited')
		byClient.set(clientId, invitedAgain(known, found));
	if (known.kind === 'refused' && found.kind === 'refused' && found.at >= known.at)
		byClient.set(clientId, found);
}

type Invited = Extract<Standing, { kind: 'invited' }>;

/** One message may carry the invitations of two profiles that became one: that is no reminder. */
function invitedAgain(known: Invited, found: Invited): Invited {
	return {
		kind: 'invited',
		at: Math.min(known.at, found.at),
		expiresAt: Math.max(known.expiresAt, found.expiresAt),
		isReminded: known.isReminded || known.messageId !== found.messageId,
		messageId: known.messageId,
	};
}
