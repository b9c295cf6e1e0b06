import type { Extension } from './extension.ts';
import type { ReasonKind } from './report-reasons.ts';
import type { RelayKind } from './settings/relay.ts';

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

/**
 * Why a message waits for a person. From `client-gone` on: what stood against its client when it was
 * about to leave, as the report would say (`domain/standing-against.ts`).
 */
export type HeldReason =
	| 'paused'
	| 'restored'
	| 'too-old'
	| 'client-gone'
	| 'deceased'
	| 'do-not-email'
	| 'joined'
	| 'bounced'
	| 'revoked'
	| 'inactive'
	| 'inbox-do-not-email'
	| 'guardian-changed';

/** How a person handed a message over by herself. */
export type HandOverWay =
	'mail-program' | 'copied-message' | 'copied-link' | 'eml-file' | 'letter' | 'otherwise';

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
		| 'confirmed'
		| 'scheduled'
		| 'rendered-anew'
		| 'address-corrected'
		| 'handed-over'
		| 'not-shown';
	detail: string;
	/** The kind of relay that it concerns; absent where it concerns none. */
	relay?: RelayKind;
	/** Of `handed-over`: how, and the practitioner who did it, by name. */
	way?: HandOverWay;
	by?: string;
	/** Of `not-shown`: how many events of a long history are left out here. */
	count?: number;
}

/**
 * What is sent to one inbox. What leaves was frozen when it was queued: the letter (subject and
 * body with merge fields, immutable) by `letterId`, this recipient's values in `fields`.
 */
export interface Message {
	id: string;
	invitationId: string;
	/** Of a reminder to a household: the invitations of the others that it repeats. */
	alsoFor?: readonly string[];
	/** Of a reminder: how it moved the ends of the invitations that it repeats. */
	extended?: readonly Extension[];
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
	/** When a person wants it to leave, epoch milliseconds; 0: as soon as may be. */
	scheduledFor: number;
	attempts: number;
	/** Names the claim under which the message is `sending`; a settle with another fence is too late. */
	fence: string;
	claimedAt: number;
	/** When the first attempt was made whose outcome is not known to be "never left"; 0 = never. Never cleared. */
	maybeSentAt: number;
	/** Names the relay of the last attempt (`relayPlace`): another one knows nothing of it. */
	triedVia: string;
	/** How often the relay was asked in vain what became of the last attempt. */
	asks: number;
	/** A person let it go although it may have arrived: it may leave once where repeats are not dropped. */
	mayRepeat: boolean;
	/** What a person overrode when she let it go: it does not hold the message again. */
	despite: readonly ReasonKind[];
	settledAt: number;
	/** The relay's last words about this message, for a person. */
	reason: string;
	history: MessageEvent[];
}

/** The invitations that a message carries by its own word; one that is shared is named by its invitations. */
export function repeatedBy({
	invitationId,
	alsoFor,
}: Pick<Message, 'invitationId' | 'alsoFor'>): readonly string[] {
	return alsoFor ? [invitationId, ...alsoFor] : [invitationId];
}

/** A frozen text: what was confirmed stays what is sent, whatever becomes of the template. */
export interface Letter {
	id: string;
	/** The composer's version, so that a letter renders the same bytes for ever (a repeated key must carry the same body). */
	format: 1 | 2;
	/** BCP 47; absent in format 1, whose words are English. */
	language?: string;
	/** Which of the practice's letters it was, so that it can be rendered anew; absent for the standard invitation. */
	kind?: TemplateKind;
	templateName?: string;
	/** What a person wrote to this one recipient, already in `body`; kept to be put in again. */
	note?: string;
	subject: string;
	body: string;
	fromName: string;
	replyTo: string;
	fieldNames: string[];
	createdAt: number;
	/** Confirmed clients for whom nothing was queued with it: invited or changed elsewhere meanwhile. */
	skipped?: number;
}

/** What a letter is for: a first invitation, or a reminder of one. */
export type TemplateKind = 'invitation' | 'reminder';

/** The letter a practice writes to those it invites, with merge fields in braces. */
export interface Template {
	id: string;
	/** The same name in several languages is one letter. */
	name?: string;
	/** Absent for an invitation. */
	kind?: TemplateKind;
	/** BCP 47; absent in a row of an older version, which knew English alone. */
	language?: string;
	/** When a person said that somebody who speaks the language has read it; epoch milliseconds. */
	reviewedAt?: number;
	subject: string;
	body: string;
	changedAt: number;
}
