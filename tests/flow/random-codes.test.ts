import { makeCodes, newSecret } from '$lib/invitations/random-codes.ts';
import { expect, test } from 'vitest';

/** Bytes that count up; `native` stands for the browser's own way of writing them. */
function counting(native?: (bytes: Uint8Array) => string) {
	let next = 0;
	return {
		getRandomValues<Values extends ArrayBufferView | null>(values: Values): Values {
			const bytes = values as unknown as Uint8Array;
			for (let at = 0; at < bytes.length; at++) bytes[at] = next++;
			if (native) Object.assign(bytes, { toHex: () => native(bytes) });
			return values;
		},
	};
}

const written = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('a code is 16 bytes in hex, and none comes twice', () => {
	const newCode = makeCodes();
	const codes = Array.from({ length: 1_000 }, newCode);
	for (const code of codes) expect(code).toMatch(/^[\da-f]{32}$/);
	expect(new Set(codes).size).toBe(1_000);
});

test('codes and secrets are the bytes that were drawn, whoever writes them', () => {
	for (const source of [counting(), counting(written)]) {
		const newCode = makeCodes(source);
		expect([newCode(), newCode()]).toEqual([
			'000102030405060708090a0b0c0d0e0f',
			'101112131415161718191a1b1c1d1e1f',
		]);
	}
	expect(newSecret(counting(written))).toBe(newSecret(counting()));
	expect(newSecret(counting(() => 'of the browser'))).toBe('of the browser');
});
