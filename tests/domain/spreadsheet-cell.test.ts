import { inertCell, plainCell } from '$lib/domain/spreadsheet-cell.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromSeed } from '../support/seed.ts';

describe('a cell in a spreadsheet', () => {
	it.each([
		'=HYPERLINK("https://x.example","y")',
		'+1 503 555 0101',
		'-2+3',
		'@SUM(A1)',
		'\t=1',
		'＝1',
		'＋1',
		'－1',
		'＠x',
		'  =1',
		'"=1',
		"'=1",
		'\u200b=1',
		'\ufeff =1',
		'\u00a0=1',
		'\u0000=1',
		'\u202e=1',
	])('%j is made inert by an apostrophe', (text) => {
		expect(inertCell(text)).toBe(`'${text}`);
		expect(plainCell(`'${text}`)).toBe(text);
	});

	it('is inert on each of its lines', () => {
		expect(inertCell('\r=1')).toBe("'\r'=1");
		expect(inertCell('Maya\n=1+1\r\n \t@x\nb')).toBe("Maya\n'=1+1\r\n' \t@x\nb");
	});

	it.each(['', 'Maya Okafor', "O'Neill", "'tis", 'a=b', 'Ann-Marie', 'x@example.com', "'quoted'"])(
		'%j stays as it is, both ways',
		(text) => {
			expect(inertCell(text)).toBe(text);
			expect(plainCell(text)).toBe(text);
		},
	);

	it('read again equals what it was', () => {
		const piece = fc.constantFrom(...'\'"=+-@\t\r\n ＝a\u200b\u2028\u0000’');
		const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: piece }));
		fc.assert(
			fc.property(text, (text) => {
				const inert = inertCell(text);
				expect(plainCell(inert)).toBe(text);
				for (const line of inert.split(/[\n\r\u2028\u2029]/u))
					expect(line).not.toMatch(/^[=+\-@\t＝＋－＠]/u);
			}),
			fromSeed(3_000),
		);
	});

	it('takes no longer than its length', () => {
		const started = process.cpuUsage();
		inertCell(`${"'".repeat(1_000_000)}x-`);
		plainCell(`${' '.repeat(1_000_000)}'x`);
		// Of the processor, not of the clock: others' work is none of ours.
		const { user, system } = process.cpuUsage(started);
		expect((user + system) / 1_000).toBeLessThan(1_000);
	});
});
