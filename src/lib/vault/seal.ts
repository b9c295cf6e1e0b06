import type { Sealed, VaultPorts } from './database.ts';
import { VaultProblem } from './problems.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const ivBytes = 12;

/** Seals bytes with AES-256-GCM under a fresh random IV; `place` is bound in, so that nothing can be swapped. */
export async function seal(
	crypto: VaultPorts['crypto'],
	key: CryptoKey,
	place: string,
	contents: Uint8Array<ArrayBuffer>,
): Promise<Sealed> {
	const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
	const bytes = await crypto.subtle.encrypt(
		{ name: 'AES-GCM', iv, additionalData: encoder.encode(place) },
		key,
		contents,
	);
	return { iv, bytes };
}

/** What was sealed at `place`. Throws VaultProblem 'damaged-block' when it was altered or belongs elsewhere. */
export async function open(
	crypto: VaultPorts['crypto'],
	key: CryptoKey,
	place: string,
	sealed: Sealed,
): Promise<Uint8Array<ArrayBuffer>> {
	try {
		const bytes = await crypto.subtle.decrypt(
			{ name: 'AES-GCM', iv: sealed.iv, additionalData: encoder.encode(place) },
			key,
			sealed.bytes,
		);
		return new Uint8Array(bytes);
	} catch (error) {
		throw new VaultProblem('damaged-block', { cause: error });
	}
}

export function sealText(
	crypto: VaultPorts['crypto'],
	key: CryptoKey,
	place: string,
	text: string,
): Promise<Sealed> {
	return seal(crypto, key, place, encoder.encode(text));
}

/** Throws as `open` does. */
export async function openText(
	crypto: VaultPorts['crypto'],
	key: CryptoKey,
	place: string,
	sealed: Sealed,
): Promise<string> {
	return decoder.decode(await open(crypto, key, place, sealed));
}
