import { detectDialect, type Dialect } from '$lib/imports/dialect.ts';
import { makeRowSplitter } from '$lib/imports/split-rows.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromSeed } from '../support/seed.ts';

interface Split {
	rows: string[][];
	lines: number[];
	broken: number[];
	doubtful: number[];
}

function split(text: string, dialect: Dialect, pieces = text.length): Split {
	const found: Split = { rows: [], lines: [], broken: [], doubtful: [] };
	const splitter = makeRowSplitter(
		dialect,
		(cells, line, isDoubtful) => {
			found.rows.push(cells);
			found.lines.push(line);
			if (isDoubtful) found.doubtful.push(line);
		},
		(_, line) => found.broken.push(line),
	);
	const size = Math.max(1, pieces);
	for (let at = 0; at < text.length; at += size) splitter.push(text.slice(at, at + size));
	splitter.end();
	return found;
}

const comma: Dialect = { delimiter: ',', newline: '\n' };

describe('a table of text', () => {
	const cellText = fc.string({
		unit: fc.constantFrom('a', 'é', '💛', '"', ',', ';', '\t', ' ', '\n', '\r\n', "'", '0'),
		maxLength: 8,
	});
	const table = fc.array(fc.array(cellText, { minLength: 2, maxLength: 5 }), { maxLength: 12 });

	it('comes back whole, however it is quoted and wherever it is cut', () => {
		fc.assert(
			fc.property(
				table,
				fc.constantFrom(',', ';', '\t', '|'),
				fc.constantFrom('\n', '\r\n'),
				fc.constantFrom('all', 'needed'),
				fc.boolean(),
				fc.integer({ min: 1, max: 40 }),
				(rows, delimiter, newline, quoting, hasLastNewline, pieces) => {
					const write = (cell: string) =>
						quoting === 'all' || cell.includes(delimiter) || /["\n\r]/.test(cell)
							? `"${cell.replaceAll('"', '""')}"`
							: cell;
					const written = rows.map((row) => row.map(write).join(delimiter));
					const text = written.join(newline) + (hasLastNewline && rows.length > 0 ? newline : '');
					const found = split(text, { delimiter, newline: '\n' }, pieces);
					const trimmed = found.rows.map((row) => [
						...row.slice(0, -1),
						quoting === 'needed' ? (row.at(-1) ?? '').replace(/\r$/, '') : row.at(-1),
					]);
					const expected = rows.map((row) => [
						...row.slice(0, -1),
						quoting === 'needed' ? (row.at(-1) ?? '').replace(/\r$/, '') : row.at(-1),
					]);
					expect(trimmed).toEqual(expected);
					expect(found.broken).toEqual([]);
					let line = 1;
					const starts = written.map((row) => {
						const start = line;
						line += row.split('\n').length;
						return start;
					});
					expect(found.lines).toEqual(starts);
				},
			),
			fromSeed(1_000),
		);
	});

	it('is read the same in one piece and in many, even when it is broken', () => {
		const anything = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' '), maxLength: 60 });
		fc.assert(
			fc.property(anything, fc.integer({ min: 1, max: 9 }), (text, pieces) => {
				// A piece may end before the rest of a broken row is known; what is complete must agree.
				const whole = split(text, comma);
				const cut = split(text, comma, pieces);
				const lines = (found: Split) => [...found.lines, ...found.broken].sort((a, b) => a - b);
				expect(lines(cut)[0]).toEqual(lines(whole)[0]);
				const last = text.endsWith('\n') ? text.slice(0, -1) : text;
				expect(Math.max(0, ...lines(cut))).toBeLessThanOrEqual(last.split('\n').length);
			}),
		);
	});
});

describe('junk after a closing quotation mark', () => {
	it('within a line is repaired and said', () => {
		const found = split('a,b\n"x "y" z",1\nz,2\n', comma);
		expect(found.rows[1]).toEqual(['x "y" z', '1']);
		expect(found.rows.length).toBe(3);
		expect(found.doubtful).toEqual([2]);
	});

	it('never swallows the rest of the file', () => {
		const found = split('a,b\n"x" y,1\nz,"2"\nw,3\n', comma);
		expect(found.rows).toEqual([
			['a', 'b'],
			['z', '2'],
			['w', '3'],
		]);
		expect(found.broken).toEqual([2]);
		expect(found.lines).toEqual([1, 3, 4]);
	});

	it('is refused in plain words when a file is full of it', () => {
		const text = 'a,b\n' + '"x" y,1\n"q\n'.repeat(600);
		expect(() => split(text, comma)).toThrow(/quotation marks in this file do not match/);
	});
});

it('an opening quotation mark that is never closed costs one line, not the file', () => {
	const long = 'maya,okafor,maya@example.com\n'.repeat(200_000);
	const found = split(`a,b,c\n"open,x,y\n${long}`, comma, 1 << 20);
	expect(found.broken).toEqual([2]);
	expect(found.rows.length).toBe(200_001);
	expect(found.lines.at(-1)).toBe(200_002);
});

it('finds how a table is written', () => {
	expect(detectDialect('a,b\n"x;y",2\n')).toEqual(comma);
	expect(detectDialect('sep=;\r\na;b\r\n').delimiter).toBe(';');
	expect(detectDialect('a\tb\tc\n1\t2\t3\n').delimiter).toBe('\t');
	expect(
		detectDialect('Name;Address\nMaya;1 Mill Row, Ashford\nNoah;2 Mill Row, Ashford\n').delimiter,
	).toBe(';');
	expect(detectDialect('a|b\n1|2\n').delimiter).toBe('|');
	expect(detectDialect('a,b\r1,2\r').newline).toBe('\r');
	expect(detectDialect('Email\nmaya@example.com\n').delimiter).toBe(',');
});
