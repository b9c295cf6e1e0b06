/**
 * The states of a message in the outbox (DESIGN §5).
 * - `queued`: leaves when due and when the relay can be reached
 * - `sending`: claimed by a deliverer under a fence
 * - `sent`: a relay said yes
 * - `failed`: the relay refused this message for good, and it surely never left before
 * - `unconfirmed`: it may or may not have left; a person decides
 * - `held`: waits for a person, `heldFor` says why
 * - `cancelled`: called back before it left
 */
export type MessageState =
	'queued' | 'sending' | 'sent' | 'failed' | 'unconfirmed' | 'held' | 'cancelled';

export type HeldReason = 'paused' | 'restored' | 'too-old';

/** One thing that happened to a message, newest last. Texts hold no personal data. */
export interface MessageEvent {
	at: number;
	event:
		| 'queued'
		| 'claimed'
		| 'accepted'
		| 'refused'
		| 'relay-refused'
		| 'throttled'
		| 'unreachable'
		| 'unknown'
		| 'orphan'
		| 'held'
		| 'released'
		| 'cancelled'
		| 'retried'
		| 'confirmed';
	detail: string;
}

/**
 * What is sent to one inbox. What leaves was frozen when it was queued: the letter (subject and
 * body with merge fields, immutable) by `letterId`, this recipient's values in `fields`.
 */
export interface Message {
	id: string;
	invitationId: string;
	clientId: string;
	letterId: string;
	toName: string;
	toAddress: string;
	round: number;
	/** Merge values in the order of the letter's `fieldNames`. */
	fields: string[];
	state: MessageState;
	heldFor: HeldReason | '';
	queuedAt: number;
	/** Not before this time: the undo window, a backoff, a limit. Epoch milliseconds. */
	dueAt: number;
	attempts: number;
	/** Names the claim under which the message is `sending`; a settle with another fence is too late. */
	fence: string;
	claimedAt: number;
	/** When the first attempt was made whose outcome is not known to be "never left"; 0 = never. Never cleared. */
	maybeSentAt: number;
	settledAt: number;
	/** The relay's last words about this message, for a person. */
	reason: string;
	history: MessageEvent[];
}

/** A frozen text: what was confirmed stays what is sent, whatever becomes of the template. */
export interface Letter {
	id: string;
	/** The composer's version, so that a letter renders the same bytes for ever (a repeated key must carry the same body). */
	format: 1;
	subject: string;
	body: string;
	fromName: string;
	replyTo: string;
	fieldNames: string[];
	createdAt: number;
}

/** The letter a practice writes to those it invites, with merge fields in braces. */
export interface Template {
	id: string;
	subject: string;
	body: string;
	changedAt: number;
}
