import { base64urlOf } from '$lib/domain/base64url.ts';
import { thumbprintInput, type PublicJwk } from '$lib/domain/jws.ts';
import type { DoorKeys } from '$lib/domain/settings/portal-door.ts';

/** What signing takes from the browser; Node has the same. */
export type DoorCrypto = Pick<Crypto, 'subtle' | 'getRandomValues'>;

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signing = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** A new key pair of a practice, to be kept in its vault. `now`: epoch milliseconds. */
export async function makeDoorKeys({ subtle }: DoorCrypto, now: number): Promise<DoorKeys> {
	const { privateKey } = await subtle.generateKey(curve, true, ['sign', 'verify']);
	const { x = '', y = '', d = '' } = await subtle.exportKey('jwk', privateKey);
	return { id: 'door-keys', x, y, d, madeAt: now };
}

/** A key pair for one answer: its private part cannot be taken out and goes with the page. */
export async function makePassingKeys({ subtle }: DoorCrypto): Promise<SigningKey> {
	const { privateKey, publicKey } = await subtle.generateKey(curve, false, ['sign', 'verify']);
	const { x = '', y = '' } = await subtle.exportKey('jwk', publicKey);
	return { jwk: publicJwk({ x, y }), key: privateKey };
}

export interface SigningKey {
	jwk: PublicJwk;
	key: CryptoKey;
}

/** Throws where the stored key is none. */
export async function signingKey(keys: DoorKeys, { subtle }: DoorCrypto): Promise<SigningKey> {
	const jwk = publicJwk(keys);
	const key = await subtle.importKey('jwk', { ...jwk, d: keys.d }, curve, false, ['sign']);
	return { jwk, key };
}

export function publicJwk({ x, y }: Pick<PublicJwk, 'x' | 'y'>): PublicJwk {
	return { kty: 'EC', crv: 'P-256', x, y };
}

/** The key's name: its thumbprint (RFC 7638). */
export function thumbprint(jwk: PublicJwk, { subtle }: DoorCrypto): Promise<string> {
	return sha256(thumbprintInput(jwk), { subtle });
}

/** SHA-256 of a text, base64url. */
export async function sha256(text: string, { subtle }: Pick<Crypto, 'subtle'>): Promise<string> {
	const digest = await subtle.digest('SHA-256', new TextEncoder().encode(text));
	return base64urlOf(new Uint8Array(digest));
}

/** The whole compact JWS of this signed part. */
export async function signed(
	part: string,
	key: CryptoKey,
	{ subtle }: DoorCrypto,
): Promise<string> {
	const mark = await subtle.sign(signing, key, new TextEncoder().encode(part));
	return `${part}.${base64urlOf(new Uint8Array(mark))}`;
}

/** Whether the signature is this key's; false also where the key is not on its curve. */
export async function isSignedBy(
	jwk: PublicJwk,
	{ signed: part, signature }: { signed: string; signature: Uint8Array<ArrayBuffer> },
	{ subtle }: Pick<Crypto, 'subtle'>,
): Promise<boolean> {
	try {
		const key = await subtle.importKey('jwk', { ...jwk }, curve, false, ['verify']);
		return await subtle.verify(signing, key, signature, new TextEncoder().encode(part));
	} catch {
		return false;
	}
}
