import type { WelcomeToken } from '$lib/domain/welcome-token.ts';
import { isListed, readKeyList } from '../key-list.ts';
import { verifyToken } from '../tokens.ts';
import type { WelcomeProblem } from './welcome-words.ts';

/** What a link turned out to be. */
export type Look =
	| { kind: 'open' | 'expired'; token: WelcomeToken; isKnownHere: boolean }
	| { kind: 'problem'; problem: WelcomeProblem };

/**
 * Looks at a link: its signature, its time, and whether whoever hosts this page knows the key. `now` in
 * epoch milliseconds; `appAddress` is this page's own. Never throws.
 */
export async function lookAt(text: string, now: number, appAddress: string): Promise<Look> {
	// Over http, and in a very old browser, there is no WebCrypto.
	const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
	if (!subtle) return { kind: 'problem', problem: 'no-crypto' };
	const verified = await verifyToken(text, now, { subtle });
	if (verified.kind === 'refused') return { kind: 'problem', problem: verified.why };
	if (verified.kind === 'not-yet') return { kind: 'problem', problem: 'not-yet' };
	const list = await readKeyList(appAddress);
	if (list.kind === 'broken') return { kind: 'problem', problem: 'no-list' };
	if (!isListed(list, verified.token.jws.jwk)) return { kind: 'problem', problem: 'unknown-key' };
	return { kind: verified.kind, token: verified.token, isKnownHere: list.kind === 'keys' };
}

/** Where this page is, without what it was asked: the address of the app. */
export function addressOfPage({ origin, pathname }: Pick<Location, 'origin' | 'pathname'>): string {
	return `${origin}${pathname}`;
}
