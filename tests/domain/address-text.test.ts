import { phoneDigits, readAddressCell } from '$lib/domain/address-text.ts';
import { expect, it } from 'vitest';

it.each([
	['maya@example.com', 'maya@example.com', 1],
	[' maya@example.com ', 'maya@example.com', 1],
	['Maya Okafor <maya@example.com>', 'maya@example.com', 1],
	['mailto:maya@example.com', 'maya@example.com', 1],
	['mailto:maya@example.com?subject=Hello', 'maya@example.com', 1],
	['maya@example.com; noah@example.com', 'maya@example.com', 2],
	['maya@example.com ::: noah@example.com', 'maya@example.com', 2],
	['maya@example.com, maya@example.com', 'maya@example.com', 1],
	['"Okafor, Maya" <maya@example.com>', 'maya@example.com', 1],
	['\u200bmaya@example.com', 'maya@example.com', 1],
	['maya @example.com', 'maya @example.com', 1],
	["o'connell@example.com", "o'connell@example.com", 1],
	['zoë@example.com', 'zoë@example.com', 1],
	['none', 'none', 1],
	['', '', 0],
])('%s', (cell, address, count) => {
	expect(readAddressCell(cell)).toEqual({ address, count });
});

it('makes two ways of writing a telephone number equal', () => {
	expect(phoneDigits('+1 (503) 555-0101')).toBe(phoneDigits('503.555.0101'));
});
