import { bulkInWords, leadInWords } from '$lib/report/report-words.ts';
import { expect, test } from 'vitest';

const checked = (changed: number, held = 0, leftOut = 0) =>
	bulkInWords({ isChecked: true, changed, held, leftOut });

test('a bulk choice says whom the report had held back and whom it had left out', () => {
	expect(checked(31)).toBe('31 checked.');
	expect(checked(31, 2)).toBe('31 checked. 2 of them had been held back.');
	expect(checked(31, 0, 29)).toBe('31 checked. 29 of them had been left out.');
	expect(checked(31, 2, 1)).toBe(
		'31 checked. 2 of them had been held back, 1 of them had been left out.',
	);
	expect(checked(2, 2)).toBe('2 checked. All had been held back.');
	expect(checked(1, 1)).toBe('1 checked. This one had been held back.');
	expect(checked(1, 0, 1)).toBe('1 checked. This one had been left out.');
	expect(bulkInWords({ isChecked: false, changed: 1_204, held: 0, leftOut: 0 })).toBe(
		'1,204 unchecked.',
	);
});

test('the lead speaks of one client and of many', () => {
	expect(leadInWords({ ready: 1, held: 0, 'left-out': 3 })).toBe(
		'1 client has an address and has never been invited.',
	);
	expect(leadInWords({ ready: 1_000, held: 2, 'left-out': 3 })).toBe(
		'1,002 clients have an address and have never been invited.',
	);
	expect(leadInWords({ ready: 0, held: 0, 'left-out': 3 })).toBe(
		'Everybody who can be invited has been.',
	);
	expect(leadInWords({ ready: 0, held: 0, 'left-out': 0 })).toBe('');
});
