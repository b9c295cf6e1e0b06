import { base64urlOf } from '$lib/domain/base64url.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import { checkHistory } from '$lib/vault/journal-chain.ts';
import type { Vault } from '$lib/vault/types.ts';

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/**
 * The journal as a JWS in flattened JSON (RFC 7515, 7.2.2; ES256), with the key that signed it in its
 * header: the practice's own where it has one, the same that signs its invitations; else one made for
 * this file. Entries count and name things, never people.
 */
export async function signedHistory(vault: Vault, now: number): Promise<string> {
	const state = await vault.load('journal', 'settings');
	const entries = state.rows('journal');
	const check = await checkHistory(crypto, entries);
	const { jwk, key } = await signer(vault);
	const payload = {
		madeAt: new Date(now).toISOString(),
		isWhole: check.kind === 'whole',
		entries: entries.map(({ id, at, what, count, revision, mark = '' }) => ({
			id,
			at,
			what,
			count,
			revision,
			mark,
		})),
	};
	const head = encoded({ alg: 'ES256', typ: 'portico-history+jws', jwk });
	const body = encoded(payload);
	const signature = await crypto.subtle.sign(
		{ name: 'ECDSA', hash: 'SHA-256' },
		key,
		new TextEncoder().encode(`${head}.${body}`),
	);
	return JSON.stringify({
		payload: body,
		protected: head,
		signature: base64urlOf(new Uint8Array(signature)),
	});
}

async function signer(vault: Vault): Promise<{ jwk: JsonWebKey; key: CryptoKey }> {
	const { x, y, d } = settingsFrom(vault.snapshot.rows('settings'), 'door-keys');
	if (d !== '') {
		const jwk = { kty: 'EC', crv: 'P-256', x, y };
		const key = await crypto.subtle.importKey('jwk', { ...jwk, d }, curve, false, ['sign']);
		return { jwk, key };
	}
	const made = await crypto.subtle.generateKey(curve, false, ['sign', 'verify']);
	const { kty, crv, x: madeX, y: madeY } = await crypto.subtle.exportKey('jwk', made.publicKey);
	return { jwk: { kty, crv, x: madeX, y: madeY }, key: made.privateKey };
}

function encoded(value: unknown): string {
	return base64urlOf(new TextEncoder().encode(JSON.stringify(value)));
}
