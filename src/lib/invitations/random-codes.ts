/** 128 bits each, in hex: what opens the portal's door can't be guessed. */
const bytesPerCode = 16;
/** The most that one call of getRandomValues gives. */
const poolBytes = 65_536;

/** Makes codes from one large draw at a time: 10,000 small ones would be felt. */
export function makeCodes(source: Pick<Crypto, 'getRandomValues'> = crypto): () => string {
	const pool = new Uint8Array(poolBytes);
	let used = poolBytes;
	return () => {
		if (used + bytesPerCode > poolBytes) {
			source.getRandomValues(pool);
			used = 0;
		}
		const code = hex(pool.subarray(used, used + bytesPerCode));
		pool.fill(0, used, used + bytesPerCode);
		used += bytesPerCode;
		return code;
	};
}

/** A secret of the practice: 256 bits in hex. */
export function newSecret(source: Pick<Crypto, 'getRandomValues'> = crypto): string {
	return hex(source.getRandomValues(new Uint8Array(32)));
}

const digits = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

/** All digits in one call: a text that grows by pieces is put together once more when it is read. */
function hex(bytes: Uint8Array): string {
	const codes: number[] = [];
	for (const byte of bytes) codes.push(digits[byte >> 4] ?? 0, digits[byte & 15] ?? 0);
	return String.fromCharCode(...codes);
}
