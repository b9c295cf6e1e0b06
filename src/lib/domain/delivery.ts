import type { Message, MessageEvent } from './message.ts';
import type { Outcome, Settlement } from './outcome.ts';
import type { OutboxStatus } from './settings.ts';

/** Chance between 0 and 1, for jitter. */
export type Dice = () => number;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** After this long a queued message waits for a person instead: the world has moved on. */
export const tooOldMs = 7 * dayMs;

/** So many failures in a row pause the outbox: something is wrong that trying does not mend. */
export const failuresToPause = 5;

const longestHistory = 50;

function withEvent(
	message: Message,
	event: MessageEvent['event'],
	now: number,
	detail: string,
	changes: Partial<Message>,
): Message {
	const history = [...message.history, { at: now, event, detail }].slice(-longestHistory);
	return { ...message, ...changes, history };
}

/** Full jitter up to `cap`, doubling a try: 1 s, 2 s, 4 s … a quarter of an hour. Milliseconds. */
export function backoffMs(tries: number, dice: Dice): number {
	const cap = Math.min(1000 * 2 ** Math.min(tries, 20), 15 * minuteMs);
	return Math.round(cap / 2 + (dice() * cap) / 2);
}

/** Nothing waits for more than a day by itself: a time further ahead was written by a clock that jumped. */
export function trustedTime(at: number, now: number): number {
	return at - now > 25 * 60 * minuteMs ? now : at;
}

export function isDue(message: Message, now: number): boolean {
	return message.state === 'queued' && trustedTime(message.dueAt, now) <= now;
}

export function isTooOld(message: Message, now: number): boolean {
	return message.state === 'queued' && now - message.queuedAt > tooOldMs;
}

export function holdBack(message: Message, heldFor: Message['heldFor'], now: number): Message {
	const mayHaveLeft = message.state === 'sending' && message.maybeSentAt === 0;
	return withEvent(message, 'held', now, '', {
		state: 'held',
		heldFor,
		fence: '',
		maybeSentAt: mayHaveLeft ? now : message.maybeSentAt,
	});
}

/** Queued → sending, under a fence: whoever settles must show it. */
export function claim(message: Message, fence: string, now: number): Message {
	return withEvent(message, 'claimed', now, '', {
		state: 'sending',
		fence,
		claimedAt: now,
		attempts: message.attempts + 1,
	});
}

export interface RelayTraits {
	dropsRepeats: boolean;
	canBeAsked: boolean;
}

/** Settles a claimed message by what the relay answered. The caller has checked the fence. */
export function settle(
	message: Message,
	outcome: Outcome,
	relay: RelayTraits,
	now: number,
	dice: Dice,
): Message {
	const reason = outcome.detail;
	const again = { state: 'queued', fence: '', reason } as const;
	switch (outcome.kind) {
		case 'accepted':
			return withEvent(message, 'accepted', now, reason, {
				state: 'sent',
				fence: '',
				settledAt: now,
				reason: '',
			});
		case 'refused':
			return message.maybeSentAt > 0
				? withEvent(message, 'refused', now, reason, unconfirmed(message, reason, now))
				: withEvent(message, 'refused', now, reason, {
						state: 'failed',
						fence: '',
						settledAt: now,
						reason,
					});
		case 'relay-refused':
			return withEvent(message, 'relay-refused', now, reason, again);
		case 'throttled':
			return withEvent(message, 'throttled', now, reason, {
				...again,
				dueAt: now + outcome.untilMs,
			});
		case 'unreachable':
			return withEvent(message, 'unreachable', now, reason, {
				...again,
				dueAt: now + backoffMs(message.attempts, dice),
			});
		case 'unknown':
			return relay.dropsRepeats
				? withEvent(message, 'unknown', now, reason, {
						...again,
						maybeSentAt: message.maybeSentAt || now,
						dueAt: now + backoffMs(message.attempts, dice),
					})
				: withEvent(message, 'unknown', now, reason, unconfirmed(message, reason, now));
	}
}

function unconfirmed(message: Message, reason: string, now: number): Partial<Message> {
	return {
		state: 'unconfirmed',
		fence: '',
		maybeSentAt: message.maybeSentAt || now,
		settledAt: now,
		reason,
	};
}

/**
 * A message found `sending` by a new holder of the outbox: its deliverer died between claim and
 * settle. Where the relay drops repeats it goes back in line (it will be asked about first); else
 * nobody can know, and a person decides.
 */
export function settleOrphan(message: Message, relay: RelayTraits, now: number): Message {
	const reason = 'Portico was closed before the relay answered.';
	return relay.dropsRepeats
		? withEvent(message, 'orphan', now, reason, {
				state: 'queued',
				fence: '',
				maybeSentAt: message.maybeSentAt || now,
				dueAt: now,
				reason,
			})
		: withEvent(message, 'orphan', now, reason, unconfirmed(message, reason, now));
}

/** What the relay's word on an earlier attempt makes of a claimed message; undefined: send it now. */
export function settleByAnswer(
	message: Message,
	settlement: Settlement,
	keyMemoryMs: number,
	now: number,
	dice: Dice,
): Message | undefined {
	switch (settlement) {
		case 'accepted':
			return withEvent(message, 'accepted', now, 'The relay says it took the message.', {
				state: 'sent',
				fence: '',
				settledAt: now,
				reason: '',
			});
		case 'refused':
			return withEvent(message, 'refused', now, 'The relay says it refused the message.', {
				state: 'failed',
				fence: '',
				settledAt: now,
				reason: message.reason || 'The relay refused the message.',
			});
		case 'in-doubt': {
			const reason = 'The relay was interrupted while handing the message over.';
			return withEvent(message, 'unknown', now, reason, unconfirmed(message, reason, now));
		}
		case 'no-answer':
			return withEvent(message, 'unknown', now, 'The relay could not say.', {
				state: 'queued',
				fence: '',
				dueAt: now + backoffMs(message.attempts, dice),
			});
		case 'never-seen': {
			if (now - message.maybeSentAt <= keyMemoryMs) return undefined;
			const reason = 'The earlier attempt is too long ago for the relay to know.';
			return withEvent(message, 'unknown', now, reason, unconfirmed(message, reason, now));
		}
	}
}

/** An answer whose message has moved on: it goes to the history, and may only turn unconfirmed into sent. */
export function settleLate(message: Message, outcome: Outcome, now: number): Message {
	const event = outcome.kind;
	const isGoodNews = outcome.kind === 'accepted' && message.state === 'unconfirmed';
	return withEvent(message, event, now, `Late: ${outcome.detail}`, {
		...(isGoodNews ? { state: 'sent', settledAt: now, reason: '' } : {}),
	});
}

/** What the outbox as a whole learns from one outcome: to wait, to pause, or that all is well. */
export function statusAfter(status: OutboxStatus, outcome: Outcome, now: number): OutboxStatus {
	const tried = { ...status, lastSentAt: now };
	switch (outcome.kind) {
		case 'accepted':
		case 'refused':
			return { ...tried, failuresInARow: 0 };
		case 'relay-refused':
			return { ...tried, pausedFor: outcome.detail };
		case 'throttled':
			return {
				...tried,
				resumeAt: Math.max(status.resumeAt, now + outcome.untilMs),
				waitingFor: outcome.detail,
			};
		case 'unreachable':
			return tried;
		case 'unknown': {
			const failuresInARow = status.failuresInARow + 1;
			const pausedFor =
				failuresInARow >= failuresToPause
					? `The relay failed ${failuresInARow} times in a row: ${outcome.detail}`
					: status.pausedFor;
			return { ...tried, failuresInARow, pausedFor };
		}
	}
}

// What a person may do with a message.

/**
 * Calls a message back. One that may have left can't be called back: it stays unconfirmed. One that
 * was refused is put away.
 */
export function cancel(message: Message, now: number): Message | undefined {
	const { state } = message;
	if (state === 'sending' || state === 'sent' || state === 'cancelled') return undefined;
	if (message.maybeSentAt > 0 && (state === 'queued' || state === 'held')) {
		const reason = 'Cancelled, but an earlier attempt may have arrived.';
		return withEvent(message, 'cancelled', now, reason, {
			...unconfirmed(message, reason, now),
			heldFor: '',
		});
	}
	return withEvent(message, 'cancelled', now, '', {
		state: 'cancelled',
		heldFor: '',
		settledAt: now,
		reason: reasonOfCancelled(message),
	});
}

function reasonOfCancelled({ state, reason }: Message): string {
	if (state === 'unconfirmed') return 'Cancelled. It may have arrived all the same.';
	return state === 'failed' ? `The relay had refused it: ${reason}` : '';
}

/** 'It arrived': the person knows. */
export function confirmArrived(message: Message, now: number): Message | undefined {
	if (message.state !== 'unconfirmed') return undefined;
	return withEvent(message, 'confirmed', now, 'Marked as arrived by hand.', {
		state: 'sent',
		settledAt: now,
		reason: '',
	});
}

/**
 * 'Send again', a person's own decision: a new round and so a new key, because the relay would
 * answer the old one with its old answer.
 */
export function sendAgain(message: Message, now: number): Message | undefined {
	if (message.state !== 'failed' && message.state !== 'unconfirmed') return undefined;
	return withEvent(message, 'retried', now, '', {
		state: 'queued',
		round: message.round + 1,
		attempts: 0,
		maybeSentAt: 0,
		queuedAt: now,
		dueAt: now,
		settledAt: 0,
		reason: '',
	});
}

/** Lets a held message go on its way. */
export function release(message: Message, now: number): Message | undefined {
	if (message.state !== 'held') return undefined;
	return withEvent(message, 'released', now, '', {
		state: 'queued',
		heldFor: '',
		queuedAt: now,
		dueAt: now,
	});
}

/** Does not wait for the backoff of this one message; a limit of the whole relay still holds. */
export function tryNow(message: Message, now: number): Message | undefined {
	if (message.state !== 'queued') return undefined;
	return { ...message, dueAt: Math.min(message.dueAt, now) };
}
