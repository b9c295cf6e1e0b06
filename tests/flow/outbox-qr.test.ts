import { qrPathOf } from '$lib/outbox/qr-path.ts';
import decodeQR from 'qr/decode.js';
import { expect, test } from 'vitest';

const scale = 4;

/** The drawn path as the picture that a camera would take. */
function pictureOf({ size, path }: { size: number; path: string }) {
	const side = size * scale;
	const data = new Uint8Array(side * side * 4).fill(255);
	for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
		for (let dy = 0; dy < scale; dy++)
			for (let dx = 0; dx < scale; dx++) {
				const at = ((Number(y) * scale + dy) * side + Number(x) * scale + dx) * 4;
				data.fill(0, at, at + 3);
			}
	return { width: side, height: side, data };
}

test.each([
	'https://portal.example/join?invitation=AbC5dEfGhIjKlMn',
	`https://portal.example/${'path/'.repeat(40)}?invitation=AbC5dEfGhIjKlMn#there`,
])('a camera reads from the code the link that was drawn: %s', async (link) => {
	expect(decodeQR(pictureOf(await qrPathOf(link)))).toBe(link);
});
