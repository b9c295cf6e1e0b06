const digits = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const decoder = new TextDecoder();

/** Bytes in hex, two small digits each. Younger browsers write it themselves, many times as fast. */
export function hexOf(bytes: Uint8Array & { toHex?: () => string }): string {
	if (bytes.toHex) return bytes.toHex();
	const codes = new Uint8Array(2 * bytes.length);
	for (let at = 0; at < bytes.length; at++) {
		const byte = bytes[at] as number;
		codes[2 * at] = digits[byte >> 4] as number;
		codes[2 * at + 1] = digits[byte & 15] as number;
	}
	return decoder.decode(codes);
}
