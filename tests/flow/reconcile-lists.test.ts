import {
	RowColumnsReader,
	RowColumnsWriter,
	type ListedRow,
} from '$lib/imports/reconcile-lists.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const row = fc.record<ListedRow>({
	line: fc.integer({ min: 1, max: 1_000_000 }),
	name: fc.string({ unit: fc.constantFrom('a', 'É', ' ', '\n', 'ß') }),
	address: fc.string({ unit: fc.constantFrom('x', '@', 'X') }),
	words: fc.constantFrom('', 'Same name', 'May be any of 2 clients'),
});

test('rows that cross as columns are the rows that were', () => {
	fc.assert(
		fc.property(fc.array(row, { maxLength: 30 }), fc.constantFrom(1, 80), (rows, times) => {
			const all = Array.from({ length: times }, () => rows).flat();
			const writer = new RowColumnsWriter();
			for (const one of all) writer.add(one);
			const reader = new RowColumnsReader(structuredClone(writer.columns()));
			expect(all.map((_, at) => reader.row(at))).toEqual(all);
			expect(reader.search(' ').length).toBe(all.length);
			const wanted = 'é';
			expect(reader.search('É')).toEqual(
				all.flatMap(({ name }, at) => (name.toLowerCase().includes(wanted) ? [at] : [])),
			);
		}),
	);
});

test('a mark between columns inside a name does no harm', () => {
	const writer = new RowColumnsWriter();
	writer.add({ line: 1, name: 'Maya\u001fOkafor', address: '', words: '' });
	writer.add({ line: 2, name: 'Noah', address: 'n@example.com', words: '' });
	const reader = new RowColumnsReader(writer.columns());
	expect([reader.row(0).name, reader.row(1).name]).toEqual(['Maya Okafor', 'Noah']);
});
