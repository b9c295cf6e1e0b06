import type { HeldReason, Letter, Message, MessageEvent } from './message.ts';
import type { RelayKind } from './settings/relay.ts';

/** Messages that were queued together, newest batch first. */
export interface Batch {
	/** When they were queued, epoch milliseconds; the same for all of them for ever. */
	at: number;
	messages: readonly Message[];
}

export interface CountedReason<Kind = string> {
	reason: Kind;
	count: number;
}

/** What became of a batch; `total` is the sum of all but `skipped`. Reasons: the most frequent first. */
export interface BatchSummary {
	at: number;
	total: number;
	/** A relay took it, or a person saw that it arrived. */
	sent: number;
	/** By the practitioner herself. */
	handedOver: number;
	/** Queued or being sent. */
	waiting: number;
	cancelled: number;
	refused: readonly CountedReason[];
	unconfirmed: readonly CountedReason[];
	held: readonly CountedReason<HeldReason>[];
	/** Confirmed clients for whom nothing was queued: invited or changed elsewhere meanwhile. */
	skipped: number;
	/** Kinds of relay that were tried. */
	relays: readonly RelayKind[];
}

/** When a message was first queued; sending it again or releasing it does not change that. */
export function batchAt({ history, queuedAt }: Message): number {
	return history[0]?.at ?? queuedAt;
}

export function batchesOf(messages: readonly Message[]): Batch[] {
	const batches = new Map<number, Message[]>();
	for (const message of messages) {
		const at = batchAt(message);
		const batch = batches.get(at);
		if (batch) batch.push(message);
		else batches.set(at, [message]);
	}
	return [...batches]
		.map(([at, messages]) => ({ at, messages }))
		.sort((one, other) => other.at - one.at);
}

export function summariseBatch(batch: Batch, letters: readonly Letter[]): BatchSummary {
	const { at, messages } = batch;
	const counts = { sent: 0, handedOver: 0, waiting: 0, cancelled: 0 };
	const refused = new Tally<string>();
	const unconfirmed = new Tally<string>();
	const held = new Tally<HeldReason>();
	const relays = new Set<RelayKind>();
	for (const message of messages) {
		for (const { relay } of message.history) if (relay) relays.add(relay);
		switch (message.state) {
			case 'queued':
			case 'sending':
				counts.waiting++;
				break;
			case 'sent':
				if (isHandedOver(message)) counts.handedOver++;
				else counts.sent++;
				break;
			case 'failed':
				refused.add(message.reason);
				break;
			case 'unconfirmed':
				unconfirmed.add(message.reason);
				break;
			case 'held':
				if (message.heldFor !== '') held.add(message.heldFor);
				break;
			case 'cancelled':
				counts.cancelled++;
		}
	}
	return {
		at,
		total: messages.length,
		...counts,
		refused: refused.counted,
		unconfirmed: unconfirmed.counted,
		held: held.counted,
		skipped: skippedWith(batch, letters),
		relays: [...relays],
	};
}

/** The practitioner handed it over by herself; no relay took it. */
export function isHandedOver({ state, history }: Message): boolean {
	return state === 'sent' && lastOf(history, settling)?.event === 'handed-over';
}

/** The kind of relay that last had to do with it; '' when none had. */
export function lastRelayOf({ history }: Message): RelayKind | '' {
	return lastOf(history, ({ relay }) => relay !== undefined)?.relay ?? '';
}

function settling({ event }: MessageEvent): boolean {
	return event === 'accepted' || event === 'confirmed' || event === 'handed-over';
}

function lastOf(
	history: readonly MessageEvent[],
	isWanted: (event: MessageEvent) => boolean,
): MessageEvent | undefined {
	for (let at = history.length - 1; at >= 0; at--) {
		const event = history[at];
		if (event && isWanted(event)) return event;
	}
	return undefined;
}

function skippedWith({ at, messages }: Batch, letters: readonly Letter[]): number {
	const ids = new Set(messages.map(({ letterId }) => letterId));
	let skipped = 0;
	// A letter rendered anew later on has its own time, and left nobody out.
	for (const letter of letters)
		if (letter.createdAt === at && ids.has(letter.id)) skipped += letter.skipped ?? 0;
	return skipped;
}

class Tally<Kind extends string> {
	readonly #counts = new Map<Kind, number>();

	add(reason: Kind): void {
		this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
	}

	get counted(): CountedReason<Kind>[] {
		return [...this.#counts]
			.map(([reason, count]) => ({ reason, count }))
			.sort((one, other) => other.count - one.count);
	}
}
