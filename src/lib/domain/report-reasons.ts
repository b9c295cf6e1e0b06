import { dateInWords } from './date-in-words.ts';

/** Why a client is held back or left out. Texts in a reason may hold personal data: for the screen only. */
export type Reason =
	| { kind: 'deceased' }
	| { kind: 'do-not-email' }
	/** `toldAt`: when a file was taken in that said so, or she answered so; epoch milliseconds. */
	| { kind: 'joined'; toldAt?: number; isAnswer?: boolean; isGuardian?: boolean }
	/** She answered an invitation so. */
	| { kind: 'declined'; at: number }
	/** The practitioner took her access to the portal away. */
	| { kind: 'revoked'; at: number; isGuardian?: boolean }
	| { kind: 'waiting'; since: number }
	/** The first time; `isReminded`: another letter left since, `isExpired`: her invitation has ended. */
	| { kind: 'already-invited'; at: number; isReminded?: boolean; isExpired?: boolean }
	| AgainReason
	| { kind: 'inactive'; status: 'inactive' | 'archived' }
	| { kind: 'no-address' }
	| { kind: 'not-an-address'; suggestion: string }
	/** `isGuardian`, here and above: it is said of the guardian who is written to. */
	| { kind: 'bounced'; isGuardian?: boolean }
	| SharedAddress
	/** Another client, left out for it, has this inbox too. */
	| { kind: 'inbox-do-not-email' }
	| { kind: 'minor-without-guardian' }
	| { kind: 'guardian-without-address' }
	| { kind: 'looks-mistyped'; suggestion: string }
	| { kind: 'look-alike-letters' }
	| { kind: 'refused'; at: number; why: string }
	| { kind: 'may-have-arrived'; at: number }
	/** Whoever has this address answered that the invitation was not meant for them. */
	| { kind: 'not-hers'; at: number }
	| { kind: 'no-name' };

export interface SharedAddress {
	kind: 'shares-address';
	/** Everybody at this inbox, the client herself included; one array for all of them. */
	clientIds: readonly string[];
	/** One of the others by name; '' when she is no longer among the clients. */
	otherName: string;
	/** Whether that other one has, or is about to have, an invitation at this inbox. */
	isOtherInvited: boolean;
}

/** What only the reports of those who were written to before know. */
export type AgainReason =
	/** Nothing ever left for her, so that there is nothing to be reminded of. */
	| { kind: 'never-invited' }
	/** Invited so short a time ago that it is too early for a reminder. */
	| { kind: 'not-due'; at: number }
	| { kind: 'reminded'; at: number }
	/** A mail to her inbox waits to leave, for somebody else: no person may override that, nor the next. */
	| { kind: 'inbox-waiting' }
	/** One left minutes ago. */
	| { kind: 'just-written'; at: number }
	/** The same within a day, which takes a reason to override. */
	| { kind: 'written-today'; at: number }
	/** Her address is another one than that to which the invitation went. */
	| { kind: 'invited-elsewhere'; address: string }
	/** The same where nothing but a new invitation helps: a reminder repeats one that went elsewhere. */
	| { kind: 'address-changed'; address: string }
	/** What made her mail come back was mended since. */
	| { kind: 'bounce-mended' }
	| { kind: 'not-returned'; at: number };

export type ReasonKind = Reason['kind'];

/** A minor whom no guardian's inbox stands for. */
export type Unguarded = Extract<
	Reason,
	{ kind: 'minor-without-guardian' | 'guardian-without-address' }
>;

export function isUnguarded(reason: Reason): reason is Unguarded {
	return reason.kind === 'minor-without-guardian' || reason.kind === 'guardian-without-address';
}

const overridable: ReadonlySet<ReasonKind> = new Set<ReasonKind>([
	'inactive',
	'shares-address',
	'inbox-do-not-email',
	'minor-without-guardian',
	'guardian-without-address',
	'looks-mistyped',
	'look-alike-letters',
	'refused',
	'may-have-arrived',
	'not-hers',
	'no-name',
	'reminded',
	'written-today',
	'invited-elsewhere',
]);

/** Whether a person may invite in spite of this reason. */
export function isOverridable(reason: Reason): boolean {
	return overridable.has(reason.kind);
}

/** A reason in plain words: "shares an address with Sam Ortiz". `now` in epoch milliseconds. */
export function describeReason(reason: Reason, now: number): string {
	switch (reason.kind) {
		case 'deceased':
			return 'deceased';
		case 'do-not-email':
			return 'asked not to be emailed';
		case 'joined':
			return `${reason.isGuardian ? 'guardian ' : ''}has joined the portal${reason.toldAt === undefined ? '' : `, said the ${reason.isAnswer ? 'answer' : 'file'} of ${dateInWords(reason.toldAt)}`}`;
		case 'declined':
			return `answered ‘No, thank you’ ${onDay(reason.at, now)}`;
		case 'revoked':
			return `${reason.isGuardian ? 'the guardian’s ' : ''}access to the portal was revoked ${onDay(reason.at, now)}`;
		case 'waiting':
			return 'an invitation is in the outbox already';
		case 'already-invited':
			return `invited ${onDay(reason.at, now)}${sinceThen(reason)}`;
		case 'inactive':
			return reason.status;
		case 'no-address':
			return 'no email address';
		case 'not-an-address':
			return `not an email address${perhaps(reason.suggestion)}`;
		case 'bounced':
			return `mail to ${reason.isGuardian ? 'the guardian’s' : 'this'} address came back`;
		case 'shares-address':
			return describeShared(reason);
		case 'inbox-do-not-email':
			return 'somebody at this address asked not to be emailed';
		case 'minor-without-guardian':
			return 'minor, no guardian contact on file';
		case 'guardian-without-address':
			return 'guardian has no email address';
		case 'looks-mistyped':
			return `address looks mistyped${perhaps(reason.suggestion)}`;
		case 'look-alike-letters':
			return 'address has letters that pass for others';
		case 'refused':
			return `the last mail was refused${reason.why ? `: ${reason.why}` : ''}`;
		case 'may-have-arrived':
			return `an earlier mail may have arrived ${onDay(reason.at, now)}`;
		case 'not-hers':
			return `‘not meant for me’ was answered from this address ${onDay(reason.at, now)}`;
		case 'no-name':
			return 'no name on file';
		case 'never-invited':
			return 'never invited';
		case 'not-due':
			return `invited ${onDay(reason.at, now)}, not due yet`;
		case 'reminded':
			return `reminded ${onDay(reason.at, now)}`;
		case 'inbox-waiting':
			return 'a mail to this address is in the outbox';
		case 'just-written':
			return 'a mail to this address left a few minutes ago';
		case 'written-today':
			return 'a mail to this address left within the last day';
		case 'invited-elsewhere':
			return `invited at another address, ${isolated(reason.address)}`;
		case 'address-changed':
			return `has another address since she was invited at ${isolated(reason.address)}`;
		case 'bounce-mended':
			return 'mail came back, which was mended since';
		case 'not-returned':
			return `invited ${onDay(reason.at, now)}, nothing came back`;
	}
}

function sinceThen({ isReminded, isExpired }: { isReminded?: boolean; isExpired?: boolean }) {
	return isExpired ? ', expired since' : isReminded ? ', reminded since' : '';
}

function onDay(at: number, now: number): string {
	const day = dateInWords(at);
	return day === dateInWords(now) ? `today, ${day}` : `on ${day}`;
}

function perhaps(suggestion: string): string {
	return suggestion && `, perhaps ${isolated(suggestion)}`;
}

function describeShared({ clientIds, otherName, isOtherInvited }: SharedAddress): string {
	const more = clientIds.length - 2;
	const other = otherName ? isolated(otherName) : 'another client';
	const others = more > 0 ? ` and ${more} ${more === 1 ? 'other' : 'others'}` : '';
	return `shares an address with ${other}${others}${isOtherInvited ? ', invited already' : ''}`;
}

const bidiControls = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A name inside a sentence: it cannot turn the words around it (Unicode TR 9, isolates). */
function isolated(name: string): string {
	const plain = name.replace(bidiControls, '');
	return rightToLeft.test(plain) ? `\u2068${plain}\u2069` : plain;
}
