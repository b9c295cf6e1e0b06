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

test('columns of numbers come back as they were, however far apart', () => {
	const number = fc.oneof(
		fc.maxSafeInteger(),
		fc.integer({ min: -300, max: 300 }).map((days) => 1_488_283_200_000 + days * 86_400_000),
		fc.integer(),
		fc.constantFrom(0, 255, 256, 65_536, 2 ** 32, 0.5, Number.MAX_SAFE_INTEGER),
	);
	const numbers = fc.array(number, { minLength: 1, maxLength: 12 });
	fc.assert(
		fc.property(fc.oneof(numbers, fc.array(fc.nat(70_000), { minLength: 1 })), (column) => {
			const packed = new PackedRows<{ n: number }>(pack(column.map((n) => ({ n }))));
			expect(column.map((_, index) => packed.column('n').at(index))).toEqual(column);
		}),
		fromSeed(500),
	);
});

test('texts longer than a byte can say come back, and dates take a byte or two each', () => {
	const texts = ['', 'x'.repeat(255), 'y'.repeat(256), 'z'.repeat(66_000)].map((text) => ({
		text,
	}));
	for (const rows of [texts.slice(0, 2), texts.slice(0, 3), texts])
		expect(new PackedRows(pack(rows)).rows).toEqual(rows);
	const days = Array.from({ length: 500 }, (_, day) => ({
		at: 1_488_283_200_000 + day * 86_400_000,
	}));
	expect(pack(days).length).toBeLessThan(2 * days.length + 200);
});

test('a block that format 1 wrote is read', () => {
	const packed = Buffer.from(
		'AAABd3sibiI6NiwiY29sdW1ucyI6W3sibmFtZSI6ImlkIiwia2luZCI6InRleHRzIiwiYnl0ZXMiOjE4LCJwcmVmaXgiOiJjLSJ9LHsibmFtZSI6ImZpcnN0TmFtZSIsImtpbmQiOiJ0ZXh0cyIsImJ5dGVzIjozNiwicHJlZml4IjoiIn0seyJuYW1lIjoia2luZCIsImtpbmQiOiJmZXciLCJieXRlcyI6NiwidmFsdWVzIjpbImFkdWx0IiwibWlub3IiXX0seyJuYW1lIjoic3RhdHVzIiwia2luZCI6InNhbWUiLCJieXRlcyI6MCwidmFsdWVzIjpbImFjdGl2ZSJdfSx7Im5hbWUiOiJhZGRlZEF0Iiwia2luZCI6Impzb24iLCJieXRlcyI6ODV9LHsibmFtZSI6InRhZ3MiLCJraW5kIjoiZmV3IiwiYnl0ZXMiOjYsInZhbHVlcyI6W1sieCJdXSwiaGFzR2FwcyI6dHJ1ZX1dfQEAAQABAAEAAQABADAxMjM0NQQAAwAEAAQAAwAEAE1heWFab8OrTm9haE1heWFab8OrTm9haAAAAQAAAFsxNDg4MjgzMjAwMDAwLDE0ODgzNjk2MDAwMDAsMTQ4ODQ1NjAwMDAwMCwxNDg4NTQyNDAwMDAwLDE0ODg2Mjg4MDAwMDAsMTQ4ODcxNTIwMDAwMF3/////AP8=',
		'base64',
	);
	const rows = Array.from({ length: 6 }, (_, i) => ({
		id: `c-${i}`,
		firstName: ['Maya', 'Zoë', 'Noah'][i % 3],
		kind: i === 2 ? 'minor' : 'adult',
		status: 'active',
		addedAt: 1_488_283_200_000 + i * 86_400_000,
		...(i === 4 && { tags: ['x'] }),
	}));
	expect(new PackedRows(new Uint8Array(packed)).rows).toEqual(rows);
});

test('lists of texts come back as they were, of one length or of several', () => {
	const list = fc.array(text, { maxLength: 3 });
	const even = fc.nat({ max: 3 }).chain((size) =>
		fc.array(fc.array(text, { minLength: size, maxLength: size }), {
			minLength: 1,
			maxLength: 12,
		}),
	);
	const anyLists = fc.oneof(even, fc.array(list, { minLength: 1, maxLength: 12 }));
	fc.assert(
		fc.property(anyLists, (lists) => {
			const rows = lists.map((fields) => ({ fields }));
			expect(new PackedRows(pack(rows)).rows).toEqual(rows);
		}),
		fromSeed(500),
	);
});
