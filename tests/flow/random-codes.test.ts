import { drawCodes, newSecret } from '$lib/invitations/random-codes.ts';
import { expect, test } from 'vitest';

/** Bytes that count up, no more at a time than a browser draws; `native` stands for its own way of writing them. */
function counting(native?: (bytes: Uint8Array) => string) {
	let next = 0;
	return {
		getRandomValues<Values extends ArrayBufferView | null>(values: Values): Values {
			const bytes = values as unknown as Uint8Array;
			expect(bytes.length).toBeLessThanOrEqual(65_536);
			for (let at = 0; at < bytes.length; at++) bytes[at] = next++;
			if (native) Object.assign(bytes, { toHex: () => native(bytes) });
			return values;
		},
	};
}

const written = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const textsOf = (codes: ReturnType<typeof drawCodes>) =>
	Array.from({ length: codes.length }, (_, place) => codes.at(place));

test('a code is 16 bytes in hex, and none comes twice', () => {
	const codes = textsOf(drawCodes(10_000));
	expect(codes).toHaveLength(10_000);
	for (const code of codes) expect(code).toMatch(/^[\da-f]{32}$/);
	expect(new Set(codes).size).toBe(10_000);
});

test('codes and secrets are the bytes that were drawn, whoever writes them', () => {
	expect(textsOf(drawCodes(2, counting()))).toEqual([
		'000102030405060708090a0b0c0d0e0f',
		'101112131415161718191a1b1c1d1e1f',
	]);
	expect(drawCodes(5_000, counting()).at(4_097)).toBe('101112131415161718191a1b1c1d1e1f');
	expect(newSecret(counting(written))).toBe(newSecret(counting()));
	expect(newSecret(counting(() => 'of the browser'))).toBe('of the browser');
});
