import { freshMessage } from './fresh-message.ts';
import { inboxOf } from './inbox.ts';
import type { InvitationHistories } from './invitation-history.ts';
import type { Invitation } from './invitation.ts';
import type { Message, MessageEvent } from './message.ts';
import { carriersOf } from './portal-user.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Two presses in a row are one; more than one letter a day to a person is a nuisance. */
export const resendPauseMs = 5 * minuteMs;

export type ResendVerdict =
	| { kind: 'now' }
	/** Not before `at` at all. */
	| { kind: 'too-soon'; at: number }
	/** A person may, with a reason. */
	| { kind: 'once-a-day'; at: number }
	/** The last one has not left yet. */
	| { kind: 'waiting' };

/**
 * Whether an invitation may be sent again at `now`. Of `messages` all count that went, or are about to go,
 * to its inbox, whoever of a household they were for; what waits for a person is in the way of its own alone.
 */
export function resendVerdict(
	invitation: Invitation,
	messages: readonly Message[],
	now: number,
): ResendVerdict {
	const own = new Set(carriersOf([invitation], messages).get(invitation.id));
	const inbox = inboxOf(invitation.emailAddress);
	let last = 0;
	for (const message of messages) {
		const isOwn = own.has(message);
		if (!isOwn && inboxOf(message.toAddress) !== inbox) continue;
		const { state } = message;
		const isLeaving = state === 'queued' || state === 'sending';
		if (isLeaving || (isOwn && (state === 'held' || state === 'unconfirmed')))
			return { kind: 'waiting' };
		if (state === 'sent') last = Math.max(last, message.settledAt || message.queuedAt);
		if (state === 'unconfirmed') last = Math.max(last, message.maybeSentAt);
	}
	return pauseAfter(last, now);
}

/** The pause after the last mail to an inbox, for one resend and for many; `last` 0: there was none. */
export function pauseAfter(last: number, now: number): Exclude<ResendVerdict, { kind: 'waiting' }> {
	if (last === 0) return { kind: 'now' };
	if (now - last < resendPauseMs) return { kind: 'too-soon', at: last + resendPauseMs };
	if (now - last < dayMs) return { kind: 'once-a-day', at: last + dayMs };
	return { kind: 'now' };
}

/** The same by what was sent to an inbox, or is about to be, whoever it is for. */
export function verdictAt(
	{ lastByInbox, leaving }: Pick<InvitationHistories, 'lastByInbox' | 'leaving'>,
	inbox: string,
	now: number,
): ResendVerdict {
	return leaving.has(inbox) ? { kind: 'waiting' } : pauseAfter(lastByInbox.get(inbox) ?? 0, now);
}

/** Whether a mail may go: one within a day of another only with a `reason`. */
export function mayGo({ kind }: ResendVerdict, reason: string): boolean {
	return kind === 'now' || (kind === 'once-a-day' && reason !== '');
}

/** Until when an invitation is open that is sent again: never shorter than before. */
export function extendedExpiry(
	{ expiresAt }: Pick<Invitation, 'expiresAt'>,
	expiryDays: number,
	now: number,
): number {
	return Math.max(expiresAt, now + expiryDays * dayMs);
}

/**
 * The invitation sent again: the same code, so that the old link stays valid, the date of the first one
 * kept, the expiry never shorter; the message is a new `round` and so has a new key. `last` carried it
 * before, for another member of the household perhaps. `fields` are the new merge values; `reason` is why
 * the once-a-day rule was set aside, '' where it was not.
 */
export function resent(
	invitation: Invitation,
	last: Message,
	options: {
		id: string;
		letterId: string;
		toName: string;
		round: number;
		fields: string[];
		expiryDays: number;
		undoWindowMs: number;
		reason: string;
		now: number;
	},
): { invitation: Invitation; message: Message } {
	const { now } = options;
	const queued: MessageEvent = { at: now, event: 'queued', detail: options.reason };
	const { alsoFor: _others, ...before } = last;
	const expiresAt = extendedExpiry(invitation, options.expiryDays, now);
	return {
		invitation: { ...invitation, expiresAt },
		message: freshMessage({
			...before,
			id: options.id,
			invitationId: invitation.id,
			extended: [{ invitationId: invitation.id, from: invitation.expiresAt, to: expiresAt }],
			clientId: invitation.clientId,
			letterId: options.letterId,
			toName: options.toName,
			fields: options.fields,
			round: options.round,
			queuedAt: now,
			dueAt: now + options.undoWindowMs,
			scheduledFor: 0,
			history: [queued],
		}),
	};
}
