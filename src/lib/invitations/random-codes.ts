import { hexOf } from '$lib/domain/hex.ts';
import { HexTexts } from '$lib/domain/text-columns.ts';

/** 128 bits each, in hex: what opens the portal's door can't be guessed. */
const bytesPerCode = 16;
/** More are refused by `getRandomValues`. */
const bytesPerDraw = 65_536;

/** So many codes, drawn together: 10,000 small draws would be felt. */
export function drawCodes(
	count: number,
	source: Pick<Crypto, 'getRandomValues'> = crypto,
): HexTexts {
	const bytes = new Uint8Array(bytesPerCode * count);
	for (let from = 0; from < bytes.length; from += bytesPerDraw)
		source.getRandomValues(bytes.subarray(from, from + bytesPerDraw));
	return new HexTexts(bytes, bytesPerCode);
}

/** A secret of the practice: 256 bits in hex. */
export function newSecret(source: Pick<Crypto, 'getRandomValues'> = crypto): string {
	return hexOf(source.getRandomValues(new Uint8Array(32)));
}
