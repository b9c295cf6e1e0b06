import { signedPart } from '$lib/domain/jws.ts';
import {
	payloadOf,
	readWelcomeToken,
	timeOf,
	welcomeType,
	type TokenRefusal,
	type WelcomeClaims,
	type WelcomeToken,
} from '$lib/domain/welcome-token.ts';
import { isSignedBy, signed, thumbprint, type DoorCrypto, type SigningKey } from './keys.ts';

/** Signs what a link says. Signatures are random: sign once, and freeze what came out. */
export async function signToken(
	claims: WelcomeClaims,
	signer: SigningKey & { kid: string },
	crypto: DoorCrypto,
): Promise<string> {
	const header = { alg: 'ES256', typ: welcomeType, kid: signer.kid, jwk: signer.jwk };
	return signed(signedPart(header, payloadOf(claims)), signer.key, crypto);
}

export type VerifiedToken =
	| { kind: 'open' | 'expired' | 'not-yet'; token: WelcomeToken }
	| { kind: 'refused'; why: TokenRefusal };

/** Whether a token is what its own key signed, and open at `now` (epoch milliseconds). Never throws. */
export async function verifyToken(
	text: string,
	now: number,
	crypto: Pick<Crypto, 'subtle'>,
): Promise<VerifiedToken> {
	const read = readWelcomeToken(text);
	if (read.kind === 'refused') return read;
	const { token } = read;
	if (!(await isGenuine(token, crypto))) return { kind: 'refused', why: 'forged' };
	return { kind: timeOf(token.claims, now), token };
}

/** Whether it was signed by the key that it brings along, and names that key by its thumbprint. */
export async function isGenuine(
	{ jws }: WelcomeToken,
	{ subtle }: Pick<Crypto, 'subtle'>,
): Promise<boolean> {
	const kid = await thumbprint(jws.jwk, { subtle } as DoorCrypto);
	return jws.kid === kid && (await isSignedBy(jws.jwk, jws, { subtle }));
}
