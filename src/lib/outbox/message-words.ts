import { isHandedOver, lastRelayOf } from '$lib/domain/batch-summary.ts';
import type { HeldReason, Message, MessageState } from '$lib/domain/message.ts';
import { capital, handOverInWords, relayNames } from './event-words.ts';
import { isInUndoWindow, isScheduled } from './outbox-list.ts';
import { exactTime, timeAgo, timeAhead } from './time-in-words.ts';

export const stateWords: Record<MessageState, string> = {
	queued: 'Waiting',
	sending: 'Sending',
	sent: 'Sent',
	failed: 'Refused',
	unconfirmed: 'Unconfirmed',
	held: 'Held',
	cancelled: 'Cancelled',
};

export const stateTones = {
	queued: 'waiting',
	sending: 'busy',
	sent: 'good',
	failed: 'bad',
	unconfirmed: 'warn',
	held: 'warn',
	cancelled: 'neutral',
} as const satisfies Record<MessageState, string>;

export const heldWords: Record<HeldReason, string> = {
	paused: 'Held while the outbox was paused.',
	restored: 'Held after a restore: it may have left before. Look first, then send or cancel.',
	'too-old': 'It waited for more than seven days. Is it still right to send it?',
	'client-gone': 'Its client is no longer in Portico.',
	deceased: 'Its client is marked as deceased.',
	'do-not-email': 'Its client asked not to be emailed.',
	joined: 'Its client has joined the portal meanwhile.',
	bounced: 'Mail to this address has come back.',
	revoked: 'Access to the portal was revoked.',
	inactive: 'Its client has become inactive or archived.',
	'inbox-do-not-email': 'Somebody at this address asked not to be emailed.',
	'guardian-changed': 'The guardian to whom it goes was changed or removed meanwhile.',
};

/** What the row says in a word or two beside its shape. */
export function badgeOf(
	message: Message,
	now: number,
	isByHand = false,
): { label: string; tone: (typeof stateTones)[MessageState] } {
	const tone = stateTones[message.state];
	if (!isByHand && isScheduled(message, now)) return { label: 'Scheduled', tone };
	if (message.state === 'held' && message.heldFor === 'paused') return { label: 'Paused', tone };
	return { label: isHandedOver(message) ? 'Handed over' : stateWords[message.state], tone };
}

export interface TimeInWords {
	text: string;
	/** Epoch milliseconds. */
	at: number;
	exact: string;
}

/** When, for the row: how long ago it was settled, or when it leaves. */
export function whenInWords(message: Message, now: number, isByHand = false): TimeInWords {
	const { state, dueAt, scheduledFor, queuedAt, settledAt, claimedAt, attempts } = message;
	const told = (text: string, at: number) => ({ text, at, exact: exactTime(at) });
	switch (state) {
		case 'queued':
			// By hand nothing leaves by itself, whatever time was set.
			if (isByHand) return told(`queued ${timeAgo(queuedAt, now)}`, queuedAt);
			if (isInUndoWindow(message, now)) return told(`leaves ${timeAhead(dueAt, now)}`, dueAt);
			if (scheduledFor > now) return told(`leaves ${timeAhead(dueAt, now)}`, dueAt);
			if (attempts > 0 && dueAt > now) return told(`tries again ${timeAhead(dueAt, now)}`, dueAt);
			return told(`queued ${timeAgo(queuedAt, now)}`, queuedAt);
		case 'sending':
			return told(`since ${timeAgo(claimedAt, now)}`.replace('since just', 'just'), claimedAt);
		case 'held':
			return told(`queued ${timeAgo(queuedAt, now)}`, queuedAt);
		case 'unconfirmed': {
			const at = message.maybeSentAt || settledAt;
			return told(`tried ${timeAgo(at, now)}`, at);
		}
		case 'sent':
		case 'failed':
		case 'cancelled':
			return told(timeAgo(settledAt, now), settledAt);
	}
}

/** Why it stands where it stands; '' when there is nothing to say. */
export function reasonInWords(message: Message): string {
	switch (message.state) {
		case 'held':
			return message.heldFor ? heldWords[message.heldFor] : '';
		case 'unconfirmed':
			return `${message.reason} It may or may not have arrived.`.trim();
		case 'failed':
		case 'queued':
		case 'cancelled':
			return message.reason;
		case 'sent':
			return handOverInWords(message.history);
		case 'sending':
			return '';
	}
}

/** What is known of an unconfirmed message, before a person sends it a second time. */
export function knownInWords(message: Message): string {
	const at = exactTime(message.maybeSentAt || message.settledAt);
	const answer = message.reason || 'The relay gave no sure answer.';
	return `It was handed over on ${at}. ${answer}`;
}

/** What is known of a message that may or may not have arrived. */
export interface Doubt {
	when: string;
	/** Which relay; the kind was not written down in older histories. */
	through: string;
	answer: string;
}

export function doubtInWords(message: Message): Doubt {
	const { history } = message;
	const tried = history.findLast(({ event }) => event === 'claimed');
	const at = message.maybeSentAt || tried?.at || message.settledAt;
	const kind = lastRelayOf(message);
	return {
		when: exactTime(at),
		through: kind ? capital(relayNames[kind]) : 'The email relay of that time',
		answer: message.reason || 'The relay gave no sure answer.',
	};
}
