import type { PublicJwk } from '$lib/domain/jws.ts';
import { defaultSettings } from '$lib/domain/settings.ts';
import type { DoorKeys } from '$lib/domain/settings/portal-door.ts';
import { welcomeClaims, type WelcomeClaims } from '$lib/domain/welcome-token.ts';
import { makeDoorKeys, publicJwk, signingKey, thumbprint } from '$lib/invitations/door/keys.ts';
import { signToken } from '$lib/invitations/door/tokens.ts';

export const madeAt = Date.UTC(2026, 4, 3, 9);
export const day = 86_400_000;

/** What an invitation of a fictional practice says. */
export function someClaims(about: Partial<WelcomeClaims> = {}): WelcomeClaims {
	const claims = welcomeClaims({
		code: '0123456789abcdef0123456789abcdef',
		iss: 'Harbor Practice',
		pro: 'Dana Reyes, LCSW',
		name: 'Maya',
		url: 'https://portal.example/join',
		reply: 'dana@harbor.example',
		next: '',
		ask: false,
		box: '',
		language: '',
		madeAt,
		expiresAt: madeAt + 30 * day,
	});
	return { ...claims, ...about };
}

export interface Signer {
	keys: DoorKeys;
	jwk: PublicJwk;
	kid: string;
	key: CryptoKey;
	sign: (claims: WelcomeClaims) => Promise<string>;
}

/** A practice's key pair, ready to sign. */
export async function someSigner(): Promise<Signer> {
	const keys = await makeDoorKeys(crypto, madeAt);
	const { key } = await signingKey(keys, crypto);
	const jwk = publicJwk(keys);
	const kid = await thumbprint(jwk, crypto);
	const signer = { jwk, key, kid };
	return { keys, ...signer, sign: (claims) => signToken(claims, signer, crypto) };
}

/** The settings of a practice whose links open the welcome page. */
export const openDoor = {
	...defaultSettings['portal-door'],
	isOn: true,
	appAddress: 'https://app.example/portico/',
};
