import type { DoorKeys } from '$lib/domain/settings/portal-door.ts';
import { isSameKey, type PublicJwk } from '$lib/domain/jws.ts';
import { publicJwk, thumbprint, type DoorCrypto } from './keys.ts';

/** The file beside the app that names the keys which are welcome there: a JWK Set (RFC 7517, 5). */
export const keyListName = 'door.json';

/** The practice's public key, as other portals take it (RFC 7517). */
export async function publishedKey(keys: DoorKeys, crypto: DoorCrypto): Promise<object> {
	const jwk = publicJwk(keys);
	return { ...jwk, use: 'sig', alg: 'ES256', kid: await thumbprint(jwk, crypto) };
}

/** The file's text, for one practice; a host of several puts their keys into one list. */
export async function keyListText(keys: DoorKeys, crypto: DoorCrypto): Promise<string> {
	return `${JSON.stringify({ keys: [await publishedKey(keys, crypto)] }, undefined, '\t')}\n`;
}

/** - `open`: this host keeps no list; `broken`: it does, and it cannot be read. */
export type KeyList = { kind: 'open' } | { kind: 'broken' } | { kind: 'keys'; keys: ListedKey[] };

type ListedKey = Pick<PublicJwk, 'x' | 'y'>;

/** Reads the list beside the app at `appAddress`. The only request that the welcome page makes. */
export async function readKeyList(
	appAddress: string,
	fetchFrom: typeof fetch = fetch,
): Promise<KeyList> {
	try {
		const answer = await fetchFrom(new URL(keyListName, appAddress), {
			cache: 'no-cache',
			credentials: 'omit',
			referrerPolicy: 'no-referrer',
		});
		// Some hosts answer 403 for what is not there.
		if (answer.status >= 400 && answer.status < 500) return { kind: 'open' };
		if (!answer.ok) return { kind: 'broken' };
		return keyListFrom(await answer.text());
	} catch {
		return { kind: 'broken' };
	}
}

export function keyListFrom(text: string): KeyList {
	// Some hosts answer every unknown address with the app's own page.
	if (/^\s*</.test(text)) return { kind: 'open' };
	try {
		const { keys } = JSON.parse(text) as { keys?: unknown };
		if (!Array.isArray(keys)) return { kind: 'broken' };
		return { kind: 'keys', keys: keys.filter(isListedKey) };
	} catch {
		return { kind: 'broken' };
	}
}

export function isListed(list: KeyList, key: PublicJwk): boolean {
	return (
		list.kind === 'open' || (list.kind === 'keys' && list.keys.some((one) => isSameKey(key, one)))
	);
}

function isListedKey(value: unknown): value is ListedKey {
	if (typeof value !== 'object' || value === null) return false;
	const { x, y } = value as Partial<Record<'x' | 'y', unknown>>;
	return typeof x === 'string' && typeof y === 'string';
}
