import type { Message } from './message.ts';
import { unconfirmed, withEvent } from './message-event.ts';
import type { Outcome, Settlement } from './outcome.ts';

/** Chance between 0 and 1, for jitter. */
export type Dice = () => number;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** After this long a queued message waits for a person instead: the world has moved on. */
export const tooOldMs = 7 * dayMs;

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
