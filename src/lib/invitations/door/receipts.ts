import { base64urlOf } from '$lib/domain/base64url.ts';
import { isSameKey, signedPart } from '$lib/domain/jws.ts';
import type { DoorKeys } from '$lib/domain/settings/portal-door.ts';
import {
	readReceipt,
	receiptText,
	receiptType,
	type AnswerKind,
	type Receipt,
	type ReceiptClaims,
} from '$lib/domain/welcome-receipt.ts';
import { isSignedBy, makePassingKeys, sha256, signed, type DoorCrypto } from './keys.ts';
import { isGenuine } from './tokens.ts';

/** A signed answer to the invitation of this token. `now`: epoch milliseconds. */
export async function makeReceipt(
	token: string,
	answer: AnswerKind,
	now: number,
	crypto: DoorCrypto,
): Promise<string> {
	const { jwk, key } = await makePassingKeys(crypto);
	const claims: ReceiptClaims = {
		v: 1,
		to: await sha256(token, crypto),
		answer,
		iat: Math.floor(now / 1000),
		jti: base64urlOf(crypto.getRandomValues(new Uint8Array(16))),
	};
	const header = { alg: 'ES256', typ: receiptType, jwk };
	return receiptText(token, await signed(signedPart(header, { ...claims }), key, crypto));
}

export type VerifiedReceipt =
	| { kind: 'genuine'; receipt: Receipt }
	/** Cut or changed on the way, or never an answer. */
	| { kind: 'damaged' }
	/** A right answer to an invitation of somebody else. */
	| { kind: 'not-ours' };

/** Whether a receipt answers an invitation that this practice signed. Never throws. */
export async function verifyReceipt(
	text: string,
	keys: Pick<DoorKeys, 'x' | 'y'>,
	crypto: Pick<Crypto, 'subtle'>,
): Promise<VerifiedReceipt> {
	const receipt = readReceipt(text);
	if (!receipt) return { kind: 'damaged' };
	const { token, jws, claims } = receipt;
	const isWhole =
		(await isGenuine(token, crypto)) &&
		(await isSignedBy(jws.jwk, jws, crypto)) &&
		claims.to === (await sha256(token.text, crypto));
	if (!isWhole) return { kind: 'damaged' };
	return isSameKey(token.jws.jwk, keys) ? { kind: 'genuine', receipt } : { kind: 'not-ours' };
}
