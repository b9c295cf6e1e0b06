import type { HeldReason, Message, MessageEvent, MessageState } from '$lib/domain/message.ts';
import { isInUndoWindow } from './outbox-list.ts';
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

export const eventWords: Record<MessageEvent['event'], string> = {
	queued: 'Queued',
	claimed: 'Sending began',
	accepted: 'The relay took it',
	refused: 'The relay refused it',
	'relay-refused': 'The relay takes no messages',
	throttled: 'The relay asked to wait',
	unreachable: 'The relay could not be reached',
	unknown: 'No sure answer',
	orphan: 'Interrupted',
	held: 'Held',
	released: 'Let go on its way',
	cancelled: 'Cancelled',
	retried: 'Queued again',
	confirmed: 'Marked as arrived',
};

const heldWords: Record<HeldReason, string> = {
	paused: 'Held while the outbox was paused.',
	restored: 'Held after a restore: it may have left before. Look first, then send or cancel.',
	'too-old': 'It waited for more than seven days. Is it still right to send it?',
};

export interface TimeInWords {
	text: string;
	/** Epoch milliseconds. */
	at: number;
	exact: string;
}

/** When, for the row: how long ago it was settled, or when it leaves. */
export function whenInWords(message: Message, now: number): TimeInWords {
	const { state, dueAt, queuedAt, settledAt, claimedAt, attempts } = message;
	const told = (text: string, at: number) => ({ text, at, exact: exactTime(at) });
	switch (state) {
		case 'queued':
			if (isInUndoWindow(message, now)) return told(`leaves ${timeAhead(dueAt, now)}`, dueAt);
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
		case 'sending':
		case 'sent':
			return '';
	}
}

/** What is known of an unconfirmed message, before a person sends it a second time. */
export function knownInWords(message: Message): string {
	const at = exactTime(message.maybeSentAt || message.settledAt);
	const answer = message.reason || 'The relay gave no sure answer.';
	return `It was handed over on ${at}. ${answer}`;
}
