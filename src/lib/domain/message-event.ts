import type { Message, MessageEvent } from './message.ts';

const longestHistory = 50;

/** The message changed, with what happened to it written down. */
export function withEvent(
	message: Message,
	event: MessageEvent['event'],
	now: number,
	detail: string,
	changes: Partial<Message>,
): Message {
	const history = [...message.history, { at: now, event, detail }].slice(-longestHistory);
	return { ...message, ...changes, history };
}

/** What every way of not knowing has in common. `maybeSentAt` is set once and never cleared. */
export function unconfirmed(message: Message, reason: string, now: number): Partial<Message> {
	return {
		state: 'unconfirmed',
		fence: '',
		maybeSentAt: message.maybeSentAt || now,
		settledAt: now,
		reason,
	};
}
