import type { HeldReason, Message } from './message.ts';
import { unconfirmed, withEvent } from './message-event.ts';
import { clockSlackMs } from './quota.ts';
import type { RelayKind } from './settings/relay.ts';

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

/** When a queued message may leave: its own time, and what a person chose, however far ahead that is. */
export function leavesAt(message: Message, now: number): number {
	return Math.max(trustedTime(message.dueAt, now), message.scheduledFor);
}

/**
 * A wait that a clock ahead of the times began lasts as long as it was to last, from now; undefined where
 * the time is to be trusted. Who chose a later time herself is not meant: `leavesAt` keeps to it.
 */
export function withTimeBroughtBack(message: Message, now: number): Message | undefined {
	const { state, dueAt, scheduledFor, history } = message;
	const begunAt = history.at(-1)?.at;
	if (state !== 'queued' || begunAt === undefined || dueAt <= scheduledFor) return undefined;
	const waitMs = Math.max(dueAt - begunAt, 0);
	return dueAt - now > waitMs + clockSlackMs ? { ...message, dueAt: now + waitMs } : undefined;
}

export function isDue(message: Message, now: number): boolean {
	return message.state === 'queued' && leavesAt(message, now) <= now;
}

export function isTooOld(message: Message, now: number): boolean {
	const waitsSince = Math.max(message.queuedAt, message.scheduledFor);
	return message.state === 'queued' && now - waitsSince > tooOldMs;
}

/**
 * Out of the line, until a person has looked. After a restore nobody knows what has left since the
 * backup was made: any time from when it was queued on.
 */
export function holdBack(message: Message, heldFor: HeldReason, now: number): Message {
	const mayHaveLeftAt =
		heldFor === 'restored' ? message.queuedAt : message.state === 'sending' ? message.claimedAt : 0;
	return withEvent(message, 'held', now, '', {
		state: 'held',
		heldFor,
		fence: '',
		mayRepeat: false,
		maybeSentAt: message.maybeSentAt || mayHaveLeftAt,
	});
}

/**
 * What a relay can do about repeats, and which one it is. Three truths: it drops repeats; or it can be
 * asked, but would send a repeat; or neither.
 */
export interface RelayTraits {
	kind: RelayKind | '';
	/** `relayPlace` of its settings. */
	place: string;
	dropsRepeats: boolean;
	canBeAsked: boolean;
	/** How long it remembers a key. */
	keyMemoryMs: number;
}

/** Queued → sending, under a fence: whoever settles must show it. */
export function claim(message: Message, fence: string, via: RelayTraits, now: number): Message {
	return withEvent(message, 'claimed', now, by(via), {
		state: 'sending',
		fence,
		claimedAt: now,
		attempts: message.attempts + 1,
		triedVia: via.place,
	});
}

/**
 * What is to be done with a queued message that is due. `ask`: an earlier attempt may have arrived
 * and a repeat would arrive as well, so it is asked about and never sent. `give up`: nobody can know.
 */
export function nextStep(message: Message, relay: RelayTraits): 'send' | 'ask' | 'give up' {
	if (message.maybeSentAt === 0) return 'send';
	if (isElsewhere(message, relay)) return 'give up';
	if (relay.dropsRepeats || message.mayRepeat) return 'send';
	return relay.canBeAsked ? 'ask' : 'give up';
}

/** Tried through another relay than this one, which knows nothing of it. */
function isElsewhere({ triedVia }: Message, { place }: RelayTraits): boolean {
	return triedVia !== '' && place !== '' && triedVia !== place;
}

/** Nobody can know what became of its last attempt: a person decides. */
export function giveUp(message: Message, relay: RelayTraits, now: number): Message {
	const known = message.reason || 'An earlier attempt may have arrived.';
	const reason = isElsewhere(message, relay)
		? 'It was tried through another email relay, of which this one knows nothing.'
		: known;
	return withEvent(message, 'unknown', now, reason, unconfirmed(message, reason, now));
}

/**
 * A message found `sending` by a new holder of the outbox: its deliverer died between claim and
 * settle. Where the relay drops repeats, or can be asked, it goes back in line to be asked about
 * first; else nobody can know, and a person decides. Without any relay set up it waits for one.
 */
export function settleOrphan(
	message: Message,
	relay: RelayTraits | undefined,
	now: number,
): Message {
	const reason = 'Portico was closed before the relay answered.';
	// It left, if at all, when it was claimed: that may be long ago, and a relay forgets keys.
	const next = { ...message, ...inDoubt(message, message.claimedAt || now) };
	return relay && nextStep(next, relay) === 'give up'
		? withEvent(next, 'orphan', now, by(relay, reason), unconfirmed(next, reason, now))
		: withEvent(next, 'orphan', now, by(relay, reason), {
				state: 'queued',
				fence: '',
				dueAt: now,
				reason,
			});
}

/** From now on nobody knows whether it left; what a person allowed is used up. */
export function inDoubt(message: Message, since: number) {
	return { maybeSentAt: message.maybeSentAt || since, mayRepeat: false, asks: 0 };
}

/** Who an event concerns, and what it says. */
export function by(relay: Pick<RelayTraits, 'kind'> | undefined, detail = '') {
	return { detail, ...(relay?.kind ? { relay: relay.kind } : {}) };
}
