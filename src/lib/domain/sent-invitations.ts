import type { Invitation } from './invitation.ts';
import type { Message } from './message.ts';
import { asTable, type Table } from './table.ts';

/** What was sent to a client, whatever became of it since. Times in epoch milliseconds. */
export interface SentInvitation {
	/** The first time that an invitation left for this client. */
	firstAt: number;
	/** When the last one of them expires. */
	expiresAt: number;
}

/**
 * Every client to whom an invitation was sent, by present id. One that no message is left of counts as
 * sent when it was made, as it does in `invitation-standing.ts`. Reads columns, makes no row.
 */
export function sentInvitations(
	invitations: readonly Invitation[] | Table<Invitation>,
	messages: readonly Message[] | Table<Message>,
	presentIds: ReadonlyMap<string, string>,
): ReadonlyMap<string, SentInvitation> {
	const { byMessage, byInvitation } = sendings(asTable(messages));
	const sent = new Map<string, SentInvitation>();
	for (const part of asTable(invitations).parts) {
		const ids = part.column('id');
		const clientIds = part.column('clientId');
		const messageIds = part.column('messageId');
		const invitedAts = part.column('invitedAt');
		const expiresAts = part.column('expiresAt');
		for (let index = 0; index < part.length; index++) {
			const carried = byMessage.get(messageIds.at(index));
			const again = byInvitation.get(ids.at(index));
			const isForgotten = carried === undefined && again === undefined;
			const at = isForgotten
				? invitedAts.at(index)
				: Math.min(carried ?? Infinity, again ?? Infinity);
			if (at === Infinity) continue;
			const clientId = presentIds.get(clientIds.at(index)) ?? clientIds.at(index);
			const known = sent.get(clientId);
			const expiresAt = expiresAts.at(index);
			if (!known) sent.set(clientId, { firstAt: at, expiresAt });
			else {
				known.firstAt = Math.min(known.firstAt, at);
				known.expiresAt = Math.max(known.expiresAt, expiresAt);
			}
		}
	}
	return sent;
}

/**
 * When each message was sent, and each invitation for the first time by a message that does not carry
 * it; Infinity: not yet.
 */
function sendings(messages: Table<Message>) {
	const byMessage = new Map<string, number>();
	const byInvitation = new Map<string, number>();
	for (const part of messages.parts) {
		const ids = part.column('id');
		const invitationIds = part.column('invitationId');
		const others = part.column('alsoFor');
		const rounds = part.column('round');
		const states = part.column('state');
		const settledAts = part.column('settledAt');
		const queuedAts = part.column('queuedAt');
		for (let index = 0; index < part.length; index++) {
			const isSent = states.at(index) === 'sent';
			const at = isSent ? settledAts.at(index) || queuedAts.at(index) : Infinity;
			byMessage.set(ids.at(index), at);
			// The first of all rounds repeats nothing: few messages are left to be known by their invitation.
			if (rounds.at(index) <= 1) continue;
			for (const id of [invitationIds.at(index), ...(others.at(index) ?? [])])
				byInvitation.set(id, Math.min(byInvitation.get(id) ?? Infinity, at));
		}
	}
	return { byMessage, byInvitation };
}
