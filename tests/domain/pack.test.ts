import { pack, PackedRows } from '$lib/vault/pack.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromSeed } from '../support/seed.ts';

const fieldName = fc.constantFrom('a', 'b', 'c', 'length');
/** Texts with a start that some share, among them one cut through a letter of two halves. */
const text = fc
	.tuple(
		fc.constantFrom('', '\u0000', '\ufeff', 'id-', 'Zoë ', '\ud83d'),
		fc.string({ maxLength: 3 }),
	)
	.map(([start, end]) => `${start}${end}`);
const value = fc.oneof(
	fc.jsonValue({ maxDepth: 2 }),
	fc.constantFrom('', 'same', 0, true, null, '\u0000absent', ['x'], [], {}, '\ud800'),
	text,
);
const row = fc
	.dictionary(fieldName, value, { noNullPrototype: true })
	.chain((fields) => fc.uuid().map((id) => ({ ...fields, id })));

test('what is packed comes back as it was, fields that a row lacks included', () => {
	fc.assert(
		fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
			const plain = JSON.parse(JSON.stringify(rows)) as object[];
			expect(new PackedRows(pack(rows)).rows).toEqual(plain);
		}),
		fromSeed(500),
	);
});

test('a column whose rows all hold the same is written once', () => {
	const rows = Array.from({ length: 1000 }, (_, i) => ({ id: `${i}`, status: 'a long word' }));
	expect(Buffer.from(pack(rows)).toString('latin1').split('a long word').length).toBe(2);
});

test('a row that shares a column’s value does not share what is changed later', () => {
	const packed = pack([
		{ id: '1', tags: [] },
		{ id: '2', tags: [] },
	]);
	const [one, two] = new PackedRows<{ id: string; tags: string[] }>(packed).rows;
	expect(one?.tags).not.toBe(two?.tags);
});

test('columns of texts come back as they were, whatever they hold', () => {
	const texts = fc.array(text, { minLength: 1, maxLength: 12 });
	fc.assert(
		fc.property(texts, (column) => {
			const packed = new PackedRows<{ text: string }>(pack(column.map((text) => ({ text }))));
			expect(column.map((_, index) => packed.column('text').at(index))).toEqual(column);
		}),
		fromSeed(500),
	);
});

test('a row asked for by itself is the one that stands among all', () => {
	const rows = Array.from({ length: 40 }, (_, i) => ({ id: `row-${i}`, isOdd: i % 2 === 1 }));
	const packed = new PackedRows<(typeof rows)[number]>(pack(rows));
	const one = packed.row(7);
	expect(one).toEqual(rows[7]);
	expect(packed.rows).toEqual(rows);
	expect(packed.rows[7]).toBe(one);
	expect(packed.row(8)).toBe(packed.rows[8]);
});
