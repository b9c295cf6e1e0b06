import type { Message, MessageEvent } from './message.ts';

/** A long-retried message keeps how it began and how it ended; what is left out between is counted. */
const firstKept = 10;
const lastKept = 39;

type Told = Omit<MessageEvent, 'at' | 'event'>;

/** The message changed, with what happened to it written down. */
export function withEvent(
	message: Message,
	event: MessageEvent['event'],
	now: number,
	told: string | Told,
	changes: Partial<Message>,
): Message {
	const details = typeof told === 'string' ? { detail: told } : told;
	return {
		...message,
		...changes,
		history: shortened([...message.history, { at: now, event, ...details }]),
	};
}

function shortened(history: readonly MessageEvent[]): MessageEvent[] {
	if (history.length <= firstKept + 1 + lastKept) return [...history];
	const between = history.slice(firstKept, -lastKept);
	const count = between.reduce((sum, event) => sum + (event.count ?? 1), 0);
	const at = between.at(-1)?.at ?? 0;
	return [
		...history.slice(0, firstKept),
		{ at, event: 'not-shown', detail: '', count },
		...history.slice(-lastKept),
	];
}

/** What every way of not knowing has in common. `maybeSentAt` is set once and never cleared. */
export function unconfirmed(message: Message, reason: string, now: number): Partial<Message> {
	return {
		state: 'unconfirmed',
		fence: '',
		maybeSentAt: message.maybeSentAt || now,
		mayRepeat: false,
		settledAt: now,
		reason,
	};
}
