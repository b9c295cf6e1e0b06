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
			drawn = hex(source.getRandomValues(new Uint8Array(bytesPerCode * codesPerDraw)));
			used = 0;
		}
		used += length;
		return drawn.slice(used - length, used);
	};
}

/** A secret of the practice: 256 bits in hex. */
export function newSecret(source: Pick<Crypto, 'getRandomValues'> = crypto): string {
	return hex(source.getRandomValues(new Uint8Array(32)));
}

const digits = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const decoder = new TextDecoder();

/** Younger browsers write it themselves, many times as fast. */
function hex(bytes: Uint8Array & { toHex?: () => string }): string {
	if (bytes.toHex) return bytes.toHex();
	const codes = new Uint8Array(2 * bytes.length);
	for (let at = 0; at < bytes.length; at++) {
		const byte = bytes[at] as number;
		codes[2 * at] = digits[byte >> 4] as number;
		codes[2 * at + 1] = digits[byte & 15] as number;
	}
	return decoder.decode(codes);
}
