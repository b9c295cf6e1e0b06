import { pack, unpack } from '$lib/vault/pack.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromSeed } from '../support/seed.ts';

const fieldName = fc.constantFrom('a', 'b', 'c', 'length');
const value = fc.oneof(
	fc.jsonValue({ maxDepth: 2 }),
	fc.constantFrom('', 'same', 0, true, null, '\u0000absent', ['x'], [], {}, '\ud800'),
);
const row = fc
	.dictionary(fieldName, value, { noNullPrototype: true })
	.chain((fields) => fc.uuid().map((id) => ({ ...fields, id })));

test('what is packed comes back as it was, fields that a row lacks included', () => {
	fc.assert(
		fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
			const plain = JSON.parse(JSON.stringify(rows)) as object[];
			expect(unpack(pack(rows))).toEqual(plain);
		}),
		fromSeed(500),
	);
});

test('a column whose rows all hold the same is written once', () => {
	const rows = Array.from({ length: 1000 }, (_, i) => ({ id: `${i}`, status: 'a long word' }));
	expect(pack(rows).split('a long word').length).toBe(2);
});

test('a row that shares a column’s value does not share what is changed later', () => {
	const [one, two] = unpack<{ id: string; tags: string[] }>(
		pack([
			{ id: '1', tags: [] },
			{ id: '2', tags: [] },
		]),
	);
	expect(one?.tags).not.toBe(two?.tags);
});
