import type { Client } from './client.ts';
import { wordsAKey } from './name-keys.ts';
import type { ReasonKind } from './report-reasons.ts';
import type { ReportClass } from './report.ts';
import type { Columns, StoredDigest } from './table.ts';

/**
 * By which rules a digest is made: one more whenever any of them gives another result for any client, or
 * the form of a digest changes. A test compares both with what they were.
 */
export const digestRules = 2;

/** What sorting and the report ask of many clients, worked out once from each by herself. */
export interface ClientDigest {
	/** See `verdictOf`. */
	verdicts: Uint8Array;
	/** See `birthCode`. */
	births: Uint16Array;
	/** Hashes of what `EqualTexts` is to know of her inbox. */
	inboxes: Int32Array;
	/** See `nameKeysOf`. */
	nameKeys: Uint16Array;
}

/** In this order, so that each begins where a number of its size may. */
const bytesAClient = 4 + 2 * wordsAKey + 2 + 1;

/** An empty one, and the bytes in which it lies. */
export function newDigest(count: number): ClientDigest & { bytes: Uint8Array<ArrayBuffer> } {
	const bytes = new Uint8Array(count * bytesAClient);
	return { bytes, ...within(bytes, count) };
}

const opened = new WeakMap<StoredDigest, ClientDigest>();

/** The digest stored with these clients; undefined where there is none by today's rules. */
export function openDigest(clients: Columns<Client>): ClientDigest | undefined {
	const { digest, length } = clients;
	if (digest?.rules !== digestRules || digest.bytes.length !== length * bytesAClient)
		return undefined;
	let found = opened.get(digest);
	if (!found) opened.set(digest, (found = within(digest.bytes.slice(), length)));
	return found;
}

function within({ buffer }: Uint8Array<ArrayBuffer>, count: number): ClientDigest {
	const keysAt = 4 * count;
	const birthsAt = keysAt + 2 * wordsAKey * count;
	return {
		inboxes: new Int32Array(buffer, 0, count),
		nameKeys: new Uint16Array(buffer, keysAt, wordsAKey * count),
		births: new Uint16Array(buffer, birthsAt, count),
		verdicts: new Uint8Array(buffer, birthsAt + 2 * count, count),
	};
}

export const reportClasses: readonly ReportClass[] = ['ready', 'held', 'left-out'];
export const leftOutCode = 2;

/** Why a client may be held or left out by herself. Their order is stored; 0 is none. */
const ownReasons: readonly (ReasonKind | undefined)[] = [
	undefined,
	'deceased',
	'do-not-email',
	'joined',
	'revoked',
	'inactive',
	'no-address',
	'not-an-address',
	'bounced',
	'looks-mistyped',
	'look-alike-letters',
	'no-name',
];

const listedBit = 0x80;

/** Ready, with an inbox that is her address as it stands, and nothing to say of her. */
export const plainVerdict = 0;

/** What the report says of an adult to whom nothing was sent: her class, her first reason, and whether others at her inbox are to know of her. */
export function verdictOf(
	reportClass: ReportClass,
	first: ReasonKind | undefined,
	isListed: boolean,
): number {
	const reason = ownReasons.indexOf(first);
	if (reason < 0) throw new Error(`${first} is no reason of a client by herself`);
	return reportClasses.indexOf(reportClass) | (reason << 2) | (isListed ? listedBit : 0);
}

const classMask = 3;
export const classCodeIn = (verdict: number): number => verdict & classMask;
/** Whether it says more than a class. */
export const hasMoreIn = (verdict: number): boolean => verdict > classMask;
export const reasonIn = (verdict: number): ReasonKind | undefined =>
	ownReasons[(verdict >> 2) & 31];
export const isListedIn = (verdict: number): boolean =>
	verdict === plainVerdict || (verdict & listedBit) !== 0;

/** Those that come before what is said of her address. */
const beforeAddress: ReadonlySet<ReasonKind | undefined> = new Set([
	...(['deceased', 'do-not-email', 'joined', 'revoked', 'inactive'] as const),
]);

/** `verdictOf` a child of whose guardian nothing is to be said, where that of the child as an adult is `verdict`. */
export function guardedVerdict(
	verdict: number,
	{ hasBounced, isDoNotEmail }: Pick<Client, 'hasBounced' | 'isDoNotEmail'>,
): number {
	const first = reasonIn(verdict);
	if (beforeAddress.has(first)) return verdictOf('left-out', first, isDoNotEmail);
	return hasBounced ? verdictOf('left-out', 'bounced', false) : verdictOf('ready', undefined, true);
}

const noBirthday = 0;
/** Has no date of birth, but the practice's records say that she is a minor. */
export const minorBirth = 1;
const firstBirth = 2;
/** A date that has no code of its own. */
export const strangeBirth = 0xffff;
const firstYear = 1900;
const daysAYear = 12 * 31;

/** Numbers that sort as dates of birth do; who has none, or one out of the ordinary, is one of those above. */
export function birthCode({ dateOfBirth, kind }: Pick<Client, 'dateOfBirth' | 'kind'>): number {
	const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(dateOfBirth);
	if (!date) return kind === 'minor' ? minorBirth : noBirthday;
	const [year, month, day] = date.slice(1).map(Number) as [number, number, number];
	if (month < 1 || month > 12 || day < 1 || day > 31) return strangeBirth;
	const code = firstBirth + (year - firstYear) * daysAYear + (month - 1) * 31 + day - 1;
	return year >= firstYear && code < strangeBirth ? code : strangeBirth;
}

/**
 * Of the day of birth of the youngest adults (ISO 8601): who has a greater code, or `minorBirth`, is a minor,
 * if it is not `strangeBirth`. Undefined where that day has no code.
 */
export function lastAdultBirth(lastAdult: string): number | undefined {
	const code = birthCode({ dateOfBirth: lastAdult, kind: 'adult' });
	return code < firstBirth || code === strangeBirth ? undefined : code;
}
