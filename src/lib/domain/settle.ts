import { backoffMs, by, type Dice, inDoubt, type RelayTraits } from './delivery.ts';
import type { Message, MessageEvent } from './message.ts';
import { unconfirmed, withEvent } from './message-event.ts';
import type { Outcome, Settlement } from './outcome.ts';

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
	const became = (event: MessageEvent['event'], changes: Partial<Message>) =>
		withEvent(message, event, now, by(relay, reason), changes);
	switch (outcome.kind) {
		case 'accepted':
			return became('accepted', sent(now));
		case 'refused':
			return message.maybeSentAt > 0
				? became('refused', unconfirmed(message, reason, now))
				: became('refused', { state: 'failed', fence: '', settledAt: now, reason });
		case 'relay-refused':
			return became('relay-refused', again);
		case 'throttled':
			return became('throttled', { ...again, dueAt: now + outcome.untilMs });
		case 'unreachable':
			return became('unreachable', {
				...again,
				dueAt: now + backoffMs(message.attempts, dice),
			});
		case 'unknown':
			if (!relay.dropsRepeats && !relay.canBeAsked)
				return became('unknown', unconfirmed(message, reason, now));
			return became('unknown', {
				...again,
				...inDoubt(message, message.claimedAt || now),
				dueAt: now + (relay.dropsRepeats ? backoffMs(message.attempts, dice) : askAgainMs(0)),
			});
	}
}

/**
 * What the relay's word on an earlier attempt makes of a claimed message; undefined: send it now.
 * Where repeats are not dropped only 'accepted' is sure; what is not known there after some asking
 * is for a person.
 */
export function settleByAnswer(
	message: Message,
	settlement: Settlement,
	relay: RelayTraits,
	now: number,
	dice: Dice,
): Message | undefined {
	const became = (event: MessageEvent['event'], detail: string, changes: Partial<Message>) =>
		withEvent(message, event, now, by(relay, detail), changes);
	const inTheDark = (reason: string) =>
		became('unknown', reason, unconfirmed(message, reason, now));
	if (settlement === 'accepted')
		return became('accepted', 'The relay says it took the message.', sent(now));
	if (settlement === 'in-doubt')
		return inTheDark('The relay was interrupted while handing the message over.');
	if (!relay.dropsRepeats) {
		if (settlement === 'refused')
			return inTheDark('The relay says it refused the message, but may have sent it before.');
		if (settlement === 'never-seen' && message.mayRepeat) return undefined;
		const asks = message.asks + 1;
		if (asks >= mostAsks) return inTheDark('The relay knows nothing of the message.');
		const detail =
			settlement === 'no-answer' ? 'The relay could not say.' : 'The relay has not seen it yet.';
		const dueAt = now + askAgainMs(asks);
		return became('unknown', detail, { state: 'queued', fence: '', asks, dueAt });
	}
	switch (settlement) {
		case 'refused':
			return became('refused', 'The relay says it refused the message.', {
				state: 'failed',
				fence: '',
				settledAt: now,
				reason: message.reason || 'The relay refused the message.',
			});
		case 'no-answer':
			return became('unknown', 'The relay could not say.', {
				state: 'queued',
				fence: '',
				dueAt: now + backoffMs(message.attempts, dice),
			});
		case 'never-seen': {
			const age = now - message.maybeSentAt;
			// A clock that was put back since says nothing of how old the key is.
			if (age <= relay.keyMemoryMs && age >= -ageSlackMs) return undefined;
			return inTheDark('The earlier attempt is too long ago for the relay to know.');
		}
	}
}

/** An answer whose message has moved on: it goes to the history, and may only turn unconfirmed into sent. */
export function settleLate(
	message: Message,
	outcome: Outcome,
	now: number,
	relay?: Pick<RelayTraits, 'kind'>,
): Message {
	const isGoodNews = outcome.kind === 'accepted' && message.state === 'unconfirmed';
	return withEvent(message, outcome.kind, now, by(relay, `Late: ${outcome.detail}`), {
		...(isGoodNews ? sent(now) : {}),
	});
}

/** Asked so often in vain what became of a message, a relay does not know. */
const mostAsks = 6;
const ageSlackMs = 3_600_000;

/** 10 s, 20 s, 40 s … : a mailbox may show what it took only after a while. Milliseconds. */
function askAgainMs(asks: number): number {
	return 10_000 * 2 ** asks;
}

function sent(now: number) {
	return { state: 'sent', fence: '', settledAt: now, reason: '' } as const;
}
