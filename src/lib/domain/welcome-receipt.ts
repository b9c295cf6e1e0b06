import { readJws, type Jws } from './jws.ts';
import { isTime, longestToken, readWelcomeToken, type WelcomeToken } from './welcome-token.ts';

export const receiptType = 'portico-receipt+jwt';

/** What a person can answer to an invitation. */
export const answerKinds = [
	'joined',
	'would-like',
	'declined',
	'not-mine',
	'do-not-email',
] as const;

export type AnswerKind = (typeof answerKinds)[number];

/** Whether an answer is a yes: it needs an invitation that is open; a no may come at any time. */
export function isJoining(kind: AnswerKind): boolean {
	return kind === 'joined' || kind === 'would-like';
}

export interface ReceiptClaims {
	v: 1;
	/** SHA-256 of the invitation's token, base64url: this answer is to that very invitation. */
	to: string;
	answer: AnswerKind;
	/** When it was given, by the answering device: seconds since 1970. */
	iat: number;
	/** Random: the same receipt is known again. */
	jti: string;
}

/** An answer with the invitation that it answers. */
export interface Receipt {
	text: string;
	token: WelcomeToken;
	jws: Jws;
	claims: ReceiptClaims;
}

const longestReceipt = longestToken + 1_000;

/**
 * `<token>~<answer>`: the token stands there as it was signed, for inside the answer's payload it would
 * be encoded twice, and the reply mail's `mailto:` address would be too long for Windows.
 */
export function receiptText(token: string, answer: string): string {
	return `${token}~${answer}`;
}

/** Reads a receipt; both signatures and the hash are still to be verified. Undefined where it is none. */
export function readReceipt(text: string): Receipt | undefined {
	if (text.length > longestReceipt) return undefined;
	const [tokenText = '', answer = '', ...others] = text.split('~');
	const read = readWelcomeToken(tokenText);
	const jws = readJws(answer, receiptType);
	if (others.length > 0 || read.kind === 'refused' || !jws) return undefined;
	const claims = claimsFrom(jws.payload);
	return claims && { text, token: read.token, jws, claims };
}

function claimsFrom(payload: Readonly<Record<string, unknown>>): ReceiptClaims | undefined {
	const { v, to, answer, iat, jti } = payload;
	if (v !== 1 || typeof to !== 'string' || !/^[\w-]{43}$/.test(to)) return undefined;
	if (typeof jti !== 'string' || !/^[\w-]{22}$/.test(jti)) return undefined;
	const kind = answerKinds.find((one) => one === answer);
	if (!kind || !isTime(iat)) return undefined;
	const claims: ReceiptClaims = { v, to, answer: kind, iat, jti };
	return Object.keys(payload).length === Object.keys(claims).length ? claims : undefined;
}

const part = '[\\w-]+\\.[\\w-]+\\.[\\w-]{86}';

/**
 * The receipt in what a person pasted: the link, the bare receipt, or a whole mail, wrapped and quoted as
 * mail programs do; '' where there is none.
 */
export function receiptIn(pasted: string): string {
	const text = pasted
		.replace(/[\s>\u200b\u2060\ufeff]/g, '')
		.replace(/%7e/gi, '~')
		.replace(/%23/g, '#')
		.replace(/%2f/gi, '/');
	const linked = new RegExp(`#/receipt/(${part}~${part})`).exec(text)?.[1];
	return linked ?? new RegExp(`(?:^|[^\\w.~-])(${part}~${part})`).exec(text)?.[1] ?? '';
}
