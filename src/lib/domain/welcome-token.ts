import { isEmailAddress } from './email-address.ts';
import { readJws, type Jws } from './jws.ts';
import { oneLine } from './plain-text.ts';
import { isPortalAddress } from './web-address.ts';

/** Languages that the welcome page speaks. */
export const welcomeLanguages = ['en', 'es', 'fr', 'de', 'pt'] as const;

export type WelcomeLanguage = (typeof welcomeLanguages)[number];

export const welcomeType = 'portico-welcome+jwt';

/** What an invitation's link says: no more than the person who opens it needs. */
export interface WelcomeClaims {
	v: 1;
	/** The invitation's code. */
	jti: string;
	/** The practice, by name. */
	iss: string;
	/** Who looks after the person; '' where nobody is named. */
	pro: string;
	/** What the person is called; '' where no name is known. */
	name: string;
	/** The practice's portal; '' where it has none. */
	url: string;
	/** Where answers go. */
	reply: string;
	/** '' where the person's language is not known. */
	lang: WelcomeLanguage | '';
	/** What happens next, in the practice's own words; '' for the page's. */
	next: string;
	/** The page asks 'I have joined' although there is a portal. */
	ask: boolean;
	/** The practice's relay, where it takes answers: `{box}/answers`; '' where it takes none. */
	box: string;
	/** When it was made and until when it is open: seconds since 1970 (RFC 7519, 2). */
	iat: number;
	exp: number;
}

/** The most that a token may be: what a mail program still takes for one link. */
export const longestToken = 4_000;

/** In letters (UTF-16). What is longer is cut when a token is made, and refused when one is read. */
export const claimLimits = {
	iss: 120,
	pro: 120,
	name: 80,
	next: 200,
	url: 600,
	reply: 254,
	box: 120,
} as const;

/** A device's clock may be ahead of another's by this much. */
const clockSkewSeconds = 10 * 60;

/** Why a token is refused, for a page to say. */
export type TokenRefusal =
	/** There is none. */
	| 'empty'
	/** Not a whole token of ours: cut, changed on the way, or of another making. */
	| 'damaged'
	| 'too-long'
	/** The signature is not the key's. */
	| 'forged'
	/** Well signed, but what it says is not what an invitation says. */
	| 'unfit';

export interface WelcomeToken {
	text: string;
	jws: Jws;
	claims: WelcomeClaims;
}

/** Reads a token; its signature is still to be verified, and its time to be looked at. */
export function readWelcomeToken(
	text: string,
): { kind: 'read'; token: WelcomeToken } | { kind: 'refused'; why: TokenRefusal } {
	if (text === '') return { kind: 'refused', why: 'empty' };
	if (text.length > longestToken) return { kind: 'refused', why: 'too-long' };
	const jws = readJws(text, welcomeType);
	if (!jws) return { kind: 'refused', why: 'damaged' };
	const claims = claimsFrom(jws.payload);
	if (!claims) return { kind: 'refused', why: 'unfit' };
	return { kind: 'read', token: { text, jws, claims } };
}

/** `now` in epoch milliseconds. */
export function timeOf(
	{ iat, exp }: Pick<WelcomeClaims, 'iat' | 'exp'>,
	now: number,
): 'open' | 'expired' | 'not-yet' {
	if (iat > now / 1000 + clockSkewSeconds) return 'not-yet';
	return exp <= now / 1000 ? 'expired' : 'open';
}

/** The claims made fit to be signed: one line each, cut where too long. Times in epoch milliseconds. */
export function welcomeClaims(
	about: Omit<WelcomeClaims, 'v' | 'jti' | 'lang' | 'iat' | 'exp'> & {
		code: string;
		/** BCP 47; '' where it is not known. */
		language: string;
		madeAt: number;
		expiresAt: number;
	},
): WelcomeClaims {
	const { code, language, madeAt, expiresAt, url, reply, ask, box } = about;
	const cut = (name: 'iss' | 'pro' | 'name' | 'next') => shortened(about[name], claimLimits[name]);
	return {
		v: 1,
		jti: code,
		iss: cut('iss'),
		pro: cut('pro'),
		name: cut('name'),
		url: isFitPortal(url.trim()) ? url.trim() : '',
		reply: reply.trim(),
		lang: languageFor(language) ?? '',
		next: cut('next'),
		ask,
		box: isFitBox(box) ? box : '',
		iat: Math.floor(madeAt / 1000),
		exp: Math.ceil(expiresAt / 1000),
	};
}

/** What is empty is left out: every letter of a link counts. */
export function payloadOf(claims: WelcomeClaims): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(claims).filter(([, value]) => value !== '' && value !== false),
	);
}

/** The page's language for a language tag ("es-MX" is Spanish); undefined where it speaks none like it. */
export function languageFor(tag: string): WelcomeLanguage | undefined {
	const primary = tag.trim().toLowerCase().split(/[-_]/)[0] ?? '';
	return welcomeLanguages.find((language) => language === primary);
}

/** Every claim, as it is where a token does not say it. */
const known: Record<keyof WelcomeClaims, unknown> = {
	v: 0,
	jti: '',
	iss: '',
	pro: '',
	name: '',
	url: '',
	reply: '',
	lang: '',
	next: '',
	ask: false,
	box: '',
	iat: 0,
	exp: 0,
};

function claimsFrom(payload: Readonly<Record<string, unknown>>): WelcomeClaims | undefined {
	const claims = { ...known, ...payload } as Record<keyof WelcomeClaims, unknown>;
	const { jti, iss, url, reply, lang, box, iat, exp } = claims;
	const isFit =
		claims.v === 1 &&
		typeof jti === 'string' &&
		/^[\w-]{16,64}$/.test(jti) &&
		(Object.keys(claimLimits) as (keyof typeof claimLimits)[]).every((name) =>
			isFitText(claims[name], claimLimits[name]),
		) &&
		iss !== '' &&
		isEmailAddress(reply as string) &&
		(url === '' || isFitPortal(url as string)) &&
		(box === '' || isFitBox(box as string)) &&
		(lang === '' || welcomeLanguages.some((language) => language === lang)) &&
		typeof claims.ask === 'boolean' &&
		isTime(iat) &&
		isTime(exp) &&
		exp > iat;
	if (!isFit) return undefined;
	const read = claims as WelcomeClaims;
	const names = Object.keys(payload);
	const isKnown = names.every((name) => Object.hasOwn(known, name));
	// Nothing beside what is known, and nothing said that is left out when one is made.
	return isKnown && names.length === Object.keys(payloadOf(read)).length ? read : undefined;
}

function isFitText(value: unknown, limit: number): boolean {
	return typeof value === 'string' && value.length <= limit && oneLine(value) === value;
}

function isFitPortal(url: string): boolean {
	return url.length <= claimLimits.url && isPortalAddress(url);
}

/** An address to which `/answers` can be added; over http only where the device asks itself. */
function isFitBox(url: string): boolean {
	if (url.length > claimLimits.box || /[?#]|\/$/.test(url) || !isPortalAddress(url)) return false;
	const { protocol, hostname } = new URL(url);
	return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1';
}

/** Whole seconds, before the year 10000. */
export function isTime(value: unknown): value is number {
	return (
		Number.isSafeInteger(value) && (value as number) > 0 && (value as number) < 253_402_300_800
	);
}

function shortened(text: string, limit: number): string {
	const line = oneLine(text);
	if (line.length <= limit) return line;
	// By whole characters: half of one could not be read again.
	let short = '';
	for (const character of line) {
		if (short.length + character.length >= limit) break;
		short += character;
	}
	return `${short.trimEnd()}…`;
}
