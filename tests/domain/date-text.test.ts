import { inferDateOrder, looksLikeDate, readDate } from '$lib/domain/date-text.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growth, proportional } from '../support/growth.ts';

const read = (text: string, order: 'month-first' | 'day-first' | '' = '') => {
	const reading = readDate(text, order, 2026);
	return reading.kind === 'date' ? reading.date : reading.kind;
};

describe('a date is read', () => {
	it.each([
		['2026-01-01', '2026-01-01'],
		['20260101', '2026-01-01'],
		['2026/1/2', '2026-01-02'],
		['1989-08-05T00:00:00Z', '1989-08-05'],
		['15-09-2025', '2025-09-15'],
		['09/15/2025', '2025-09-15'],
		['05.08.1989', '1989-08-05'],
		['5 Aug 1989', '1989-08-05'],
		['Aug 5, 1989', '1989-08-05'],
		['August 5th, 1989', '1989-08-05'],
		['5-Aug-89', '1989-08-05'],
		['08/25/26', '2026-08-25'],
		['08/25/27', '1927-08-25'],
		['05/05/1990', '1990-05-05'],
		['05/08/1989', 'ambiguous'],
		['31/31/1990', 'unreadable'],
		['2025-02-29', 'unreadable'],
		['2024-02-29', '2024-02-29'],
		['0000-00-00', 'unreadable'],
		['soon', 'unreadable'],
		['', 'unreadable'],
	])('%s', (text, date) => {
		expect(read(text)).toBe(date);
	});

	it('in the order that was chosen, and never against it', () => {
		expect(read('10/06/2025 12:00', 'month-first')).toBe('2025-10-06');
		expect(read('10/06/2025 12:00', 'day-first')).toBe('2025-06-10');
		expect(read('25/12/1990', 'month-first')).toBe('unreadable');
	});

	it('comes back from every way of writing it', () => {
		const dates = fc.date({
			min: new Date('1900-01-01'),
			max: new Date('2025-12-31'),
			noInvalidDate: true,
		});
		fc.assert(
			fc.property(dates, (date) => {
				const iso = date.toISOString().slice(0, 10);
				const [year, month, day] = iso.split('-') as [string, string, string];
				expect(read(`${year}${month}${day}`)).toBe(iso);
				expect(read(`${month}/${day}/${year}`, 'month-first')).toBe(iso);
				expect(read(`${day}-${month}-${year} 09:30`, 'day-first')).toBe(iso);
				expect(looksLikeDate(`${day}/${month}/${year}`, 2026)).toBe(true);
			}),
		);
	});
});

it('two-digit years never lead to the future', () => {
	const on = (text: string) => readDate(text, 'month-first', 2026, '2026-03-01');
	expect(on('02/28/26')).toEqual({ kind: 'date', date: '2026-02-28' });
	expect(on('03/02/26')).toEqual({ kind: 'date', date: '1926-03-02' });
	expect(on('2-Mar-26')).toEqual({ kind: 'date', date: '1926-03-02' });
	// Four digits are what they are; whoever asks for a birth leaves such a date out.
	expect(on('03/02/2026')).toEqual({ kind: 'date', date: '2026-03-02' });
	fc.assert(
		fc.property(
			fc.integer({ min: 0, max: 99 }),
			fc.integer({ min: 1, max: 12 }),
			fc.integer({ min: 1, max: 28 }),
			(year, month, day) => {
				const reading = on(`${month}/${day}/${String(year).padStart(2, '0')}`);
				expect(reading.kind === 'date' && reading.date <= '2026-03-01').toBe(true);
			},
		),
	);
});

it.each(['1', '1/', ' 1', 'Mar ', '1-1-19 ', '2026-01-01 '])(
	'ever more of %j takes time in proportion',
	(unit) => {
		const text = (length: number) => unit.repeat(length / unit.length);
		expect(growth((length) => readDate(text(length), '', 2026))).toBeLessThan(proportional);
		expect(growth((length) => inferDateOrder([text(length)]))).toBeLessThan(proportional);
	},
);

it('infers the order from evidence only', () => {
	expect(inferDateOrder(['05/08/1989', '09/15/2025'])).toBe('month-first');
	expect(inferDateOrder(['05/08/1989', '15/09/2025'])).toBe('day-first');
	expect(inferDateOrder(['05/08/1989', '', 'n/a'])).toBe('ambiguous');
	expect(inferDateOrder(['09/15/2025', '15/09/2025'])).toBe('ambiguous');
	expect(inferDateOrder(['1989-08-05', '05/05/1990'])).toBe('either');
});
