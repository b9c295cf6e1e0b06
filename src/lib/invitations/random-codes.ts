import { hexOf } from '$lib/domain/hex.ts';

/** 128 bits each, in hex: what opens the portal's door can't be guessed. */
const bytesPerCode = 16;
const codesPerDraw = 256;

/** Makes codes from many bytes at a time: 10,000 small draws would be felt. */
export function makeCodes(source: Pick<Crypto, 'getRandomValues'> = crypto): () => string {
	const length = 2 * bytesPerCode;
	let drawn = '';
	let used = 0;
	return () => {
		if (used === drawn.length) {
			drawn = hexOf(source.getRandomValues(new Uint8Array(bytesPerCode * codesPerDraw)));
			used = 0;
		}
		used += length;
		return drawn.slice(used - length, used);
	};
}

/** A secret of the practice: 256 bits in hex. */
export function newSecret(source: Pick<Crypto, 'getRandomValues'> = crypto): string {
	return hexOf(source.getRandomValues(new Uint8Array(32)));
}
