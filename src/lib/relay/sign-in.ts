import type { SignIn } from '$lib/domain/settings/relay.ts';
import type { SignInKeeper } from './relay.ts';

/** What a vendor's window handed back, as it stood in the fragment of our own sign-in page. */
export type SignInAnswer = Readonly<Record<string, string>>;

/** A sign-in that has begun: opened at `url`, finished by the answer that carries the same `state`. */
export interface BegunSignIn {
	url: string;
	state: string;
	/** Resolves to the sign-in, or to why there is none, in words. Throws nothing. */
	finish(answer: SignInAnswer): Promise<SignInOutcome>;
}

export type SignInOutcome =
	{ kind: 'signed-in'; signIn: SignIn } | { kind: 'trouble'; words: string };

export interface SignInRequest {
	clientId: string;
	/** Our own page that the vendor sends the window back to. */
	redirectUri: string;
	/** The account that was used before; '' when none is known. */
	account: string;
}

/** A sign-in that ends this soon is renewed, or has ended, already now. */
export const marginMs = 60_000;

export function hasEnded(signIn: SignIn, now: number): boolean {
	return signIn.accessToken === '' || signIn.expiresAt - marginMs <= now;
}

/** The sign-in as it is kept; undefined where the vault could not say. */
export async function signInOf(keeper: SignInKeeper): Promise<SignIn | undefined> {
	try {
		return await keeper.read();
	} catch {
		return undefined;
	}
}

export const notRead = {
	kind: 'unreachable',
	detail: 'Your sign-in could not be read from this device.',
} as const;

/** What pauses the outbox when a sign-in is over. */
export function signInEnded(vendor: string) {
	return {
		kind: 'relay-refused',
		detail: `Your sign-in with ${vendor} has ended. Sign in again.`,
	} as const;
}

/** Random letters for `state` and PKCE's verifier (RFC 7636 §4.1: 43 to 128 of them). */
export function randomLetters(): string {
	return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

/** PKCE's challenge by S256 (RFC 7636 §4.2). */
export async function challengeOf(verifier: string): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
	return base64Url(new Uint8Array(digest));
}

export function base64Url(bytes: Uint8Array): string {
	let binary = '';
	for (const byte of bytes) binary += String.fromCharCode(byte);
	return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

export function withQuery(url: string, query: Record<string, string>): string {
	const filled = Object.entries(query).filter(([, value]) => value !== '');
	return `${url}?${new URLSearchParams(filled).toString()}`;
}

/** Why the vendor's window came back without a sign-in, in words; '' when it did not. */
export function refusalIn(answer: SignInAnswer, vendor: string): string {
	const { error = '', error_description: description = '' } = answer;
	if (error === '') return '';
	if (error === 'access_denied' || error === 'consent_required')
		return `You did not allow Portico to send mail, so ${vendor} signed nobody in.`;
	const said = (description || error).slice(0, 300);
	return `${vendor} did not sign you in. It says: ${said}`;
}
