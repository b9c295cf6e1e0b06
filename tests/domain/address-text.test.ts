import { phoneDigits, readAddressCell } from '$lib/domain/address-text.ts';
import { isEmailAddress, looksMistyped, normaliseEmailAddress } from '$lib/domain/email-address.ts';
import { describe, expect, it } from 'vitest';
import { growth, proportional } from '../support/growth.ts';

const [maya, noah] = ['maya@example.com', 'noah@example.com'];

describe('a cell of addresses', () => {
	it.each([
		[maya, maya],
		[` ${maya} `, maya],
		[`Maya Okafor <${maya}>`, maya],
		[`"Okafor, Maya" <${maya}>`, maya],
		[`Maya <mailto:${maya}>`, maya],
		[`mailto:${maya}`, maya],
		[`mailto:${maya}?subject=Hello`, maya],
		[`${maya}, ${maya}`, maya],
		[`\u200b${maya}`, maya],
		[`(${maya})`, maya],
		['maya?ok@example.com', 'maya?ok@example.com'],
		['maya @example.com', 'maya @example.com'],
		["o'connell@example.com", "o'connell@example.com"],
		['zoë@example.com', 'zoë@example.com'],
		['none', 'none'],
		['', ''],
	])('%s holds one', (cell, address) => {
		expect(readAddressCell(cell)).toEqual({ address, others: [] });
	});

	it.each([
		`${maya}; ${noah}`,
		`${maya},${noah}`,
		`${maya} ::: ${noah}`,
		`${maya}:::${noah}`,
		`${maya} / ${noah}`,
		`${maya} | ${noah}`,
		`${maya} ${noah}`,
		`Maya <${maya}>, "Reyes, Noah" <${noah}>`,
		`mailto:${maya}; mailto:${noah}`,
		`${maya}\n${noah}`,
	])('%s holds two', (cell) => {
		expect(readAddressCell(cell)).toEqual({ address: maya, others: [noah] });
	});

	it('the first to which mail can go is taken', () => {
		expect(readAddressCell(`maya@example; ${noah}`)).toEqual({
			address: noah,
			others: ['maya@example'],
		});
		expect(readAddressCell('maya@example; noah@example')).toEqual({
			address: 'maya@example',
			others: ['noah@example'],
		});
	});
});

it.each([
	['@', ''],
	['@', '.'],
	['<', ''],
	['a@', ''],
	['<a@', '>'],
	[' ', 'a@'],
	['a@b.', '@'],
	[')', 'x@y'],
	['mailto:', 'a@b.co'],
	['"', '@'],
	['a@b.co;', ''],
	['\u200b', '@'],
])('ever more of %j takes time in proportion', (unit, end) => {
	const text = (length: number) => unit.repeat(length / unit.length) + end;
	for (const read of [readAddressCell, looksMistyped, isEmailAddress, normaliseEmailAddress])
		expect(growth((length) => read(text(length)))).toBeLessThan(proportional);
});

it('a telephone number is its digits', () => {
	expect(phoneDigits('+1 (503) 555-0101')).toBe('5035550101');
	expect(phoneDigits('503.555.0101')).toBe('5035550101');
	expect(phoneDigits('+44 20 7946 0958')).toBe('442079460958');
});
