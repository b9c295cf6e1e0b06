/**
 * What became of one attempt to hand a message to a relay (DESIGN §5.5).
 * - `accepted`: HTTP 2xx, nothing else
 * - `refused`: this message will never be taken, others may
 * - `relay-refused`: the relay takes none (key, template, quota, anything unfamiliar): a person must look
 * - `throttled`: not now; `untilMs` from now on
 * - `unreachable`: surely never left this device
 * - `unknown`: it may or may not have left (a lost answer, a time limit, 408, 421)
 */
export type Outcome =
	| { kind: 'accepted'; detail: string }
	| { kind: 'refused'; detail: string }
	| { kind: 'relay-refused'; detail: string }
	| { kind: 'throttled'; detail: string; untilMs: number }
	| { kind: 'unreachable'; detail: string }
	| { kind: 'unknown'; detail: string };

/** What a relay that can be asked says of a key. */
export type Settlement = 'accepted' | 'refused' | 'in-doubt' | 'never-seen' | 'no-answer';

/** What leaves the device for one message: this and nothing else. */
export interface OutgoingMessage {
	to: { name: string; address: string };
	from: { name: string };
	replyTo: string;
	subject: string;
	text: string;
	html: string;
}
