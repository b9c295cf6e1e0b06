import type { Sealed, VaultPorts } from './database.ts';
import { VaultProblem } from './problems.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const ivBytes = 12;

/** Seals text with AES-256-GCM under a fresh random IV; `place` is bound in, so that nothing can be swapped. */
export async function seal(
	crypto: VaultPorts['crypto'],
	key: CryptoKey,
	place: string,
	text: string,
): Promise<Sealed> {
	const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
	const bytes = await crypto.subtle.encrypt(
		{ name: 'AES-GCM', iv, additionalData: encoder.encode(place) },
		key,
		encoder.encode(text),
	);
	return { iv, bytes };
}

/** The text sealed at `place`. Throws VaultProblem 'damaged-block' when it was altered or belongs elsewhere. */
export async function open(
	crypto: VaultPorts['crypto'],
	key: CryptoKey,
	place: string,
	sealed: Sealed,
): Promise<string> {
	try {
		const bytes = await crypto.subtle.decrypt(
			{ name: 'AES-GCM', iv: sealed.iv, additionalData: encoder.encode(place) },
			key,
			sealed.bytes,
		);
		return decoder.decode(bytes);
	} catch (error) {
		throw new VaultProblem('damaged-block', { cause: error });
	}
}
