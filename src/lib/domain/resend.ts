import type { Invitation } from './invitation.ts';
import type { Message, MessageEvent } from './message.ts';

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

/** Whether an invitation may be sent again at `now`; `messages` are all that carried it. */
export function resendVerdict(messages: readonly Message[], now: number): ResendVerdict {
	let last = 0;
	for (const message of messages) {
		const { state } = message;
		if (state === 'queued' || state === 'sending' || state === 'held' || state === 'unconfirmed')
			return { kind: 'waiting' };
		if (state === 'sent') last = Math.max(last, message.settledAt || message.queuedAt);
	}
	if (last === 0) return { kind: 'now' };
	if (now - last < resendPauseMs) return { kind: 'too-soon', at: last + resendPauseMs };
	if (now - last < dayMs) return { kind: 'once-a-day', at: last + dayMs };
	return { kind: 'now' };
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
 * kept, the expiry never shorter; the message is a new round and so has a new key. `fields` are the new
 * merge values; `reason` is why the once-a-day rule was set aside, '' where it was not.
 */
export function resent(
	invitation: Invitation,
	last: Message,
	options: {
		id: string;
		letterId: string;
		fields: string[];
		expiryDays: number;
		undoWindowMs: number;
		reason: string;
		now: number;
	},
): { invitation: Invitation; message: Message } {
	const { now } = options;
	const queued: MessageEvent = { at: now, event: 'queued', detail: options.reason };
	return {
		invitation: {
			...invitation,
			expiresAt: extendedExpiry(invitation, options.expiryDays, now),
		},
		message: {
			...last,
			id: options.id,
			letterId: options.letterId,
			fields: options.fields,
			round: last.round + 1,
			state: 'queued',
			heldFor: '',
			queuedAt: now,
			dueAt: now + options.undoWindowMs,
			scheduledFor: 0,
			attempts: 0,
			fence: '',
			claimedAt: 0,
			maybeSentAt: 0,
			triedVia: '',
			asks: 0,
			mayRepeat: false,
			settledAt: 0,
			reason: '',
			history: [queued],
		},
	};
}
