import { RowIds } from '$lib/domain/row-ids.ts';
import { Sheet } from '$lib/domain/sheet.ts';
import { HexTexts, PrefixedTexts, TextLists } from '$lib/domain/text-columns.ts';
import { pack, PackedRows } from '$lib/vault/pack.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromSeed } from '../support/seed.ts';

interface Person {
	id: string;
	name: string;
	nickname?: string;
	link: string;
	secret: string;
	door: string;
	fields: string[];
	round: number;
	state: string;
	history: { at: number }[];
}

const text = fc.oneof(
	fc.constantFrom('', 'Zoë', '\ud800', 'ab', 'abc'),
	fc.string({ maxLength: 4 }),
);
const person = fc.record({
	name: text,
	nickname: fc.option(text, { nil: undefined }),
	code: text,
	fields: fc.array(text, { maxLength: 3 }),
	round: fc.nat({ max: 3 }),
});
type Someone = typeof person extends fc.Arbitrary<infer One> ? One : never;
const people = fc.array(person, { minLength: 1, maxLength: 40 });
/** Lists of one length, as a batch with one letter has them, or of any. */
const anyPeople = fc.oneof(
	people,
	people.map((all) => all.map((one) => ({ ...one, fields: [one.name, 'same', one.code] }))),
	people.map((all) => all.map((one) => ({ ...one, name: 'Maya', nickname: undefined }))),
);

const secretAt = (at: number) => Buffer.from([at, 255 - at]).toString('hex');

function bothOf(all: readonly Someone[]): {
	sheet: Sheet<Person>;
	rows: Person[];
} {
	const history = [{ at: 1 }];
	const ids = new RowIds('batch-');
	const counts = all.map(() => ids.count());
	const places = [0, 1, 2]
		.map((place) => all.map(({ fields }) => fields[place]))
		.filter((texts) => texts.some((one) => one !== undefined));
	const secrets = new HexTexts(Uint8Array.from(all.flatMap((_, at) => [at, 255 - at])), 2);
	const sheet = new Sheet<Person, 'state' | 'history'>(
		all.length,
		{ state: 'queued', history },
		{
			id: ids.column(counts),
			name: all.map(({ name }) => name),
			nickname: all.map(({ nickname }) => nickname),
			link: new PrefixedTexts(
				'https://portal.example/?',
				all.map(({ code }) => code),
			),
			secret: secrets,
			door: new PrefixedTexts('https://door.example/#', secrets),
			fields: new TextLists(all.length, places),
			round: all.map(({ round }) => round),
		},
	);
	const rows = all.map(({ name, nickname, code, fields, round }, at) => ({
		id: `batch-${(at + 1).toString(36)}`,
		name,
		...(nickname !== undefined && { nickname }),
		link: `https://portal.example/?${code}`,
		secret: secretAt(at),
		door: `https://door.example/#${secretAt(at)}`,
		fields,
		round,
		state: 'queued',
		history,
	}));
	return { sheet, rows };
}

test('a sheet is the rows that it stands for, whole, in part, and packed', () => {
	fc.assert(
		fc.property(anyPeople, fc.nat({ max: 40 }), fc.nat({ max: 40 }), (all, one, other) => {
			const { sheet, rows } = bothOf(all);
			const [from, to] = [Math.min(one, other, all.length), Math.max(one, other)];
			expect(sheet.row(0)).toEqual(rows[0]);
			expect(sheet.rows).toEqual(rows);
			expect(sheet.rows[0]).toBe(sheet.row(0));
			expect(sheet.slice(from, to).rows).toEqual(rows.slice(from, to));
			for (const field of [
				'id',
				'nickname',
				'link',
				'secret',
				'door',
				'fields',
				'state',
			] as const) {
				expect(sheet.values(field)).toEqual(rows.map((row) => row[field]));
				const column = sheet.column(field);
				expect(rows.map((_, at) => column.at(at))).toEqual(rows.map((row) => row[field]));
			}
			const packed = new PackedRows<Person>(pack(sheet));
			expect(packed.rows).toEqual(rows);
			expect(packed.rows.map((row) => Object.keys(row).sort())).toEqual(
				rows.map((row) => Object.keys(row).sort()),
			);
		}),
		fromSeed(500),
	);
});

test('what a sheet packs by its parts is as small as the parts', () => {
	const all = Array.from({ length: 256 }, (_, at) => ({
		name: 'Maya',
		nickname: undefined,
		code: String(at).padStart(32, '0'),
		fields: ['Maya', 'the last of May'],
		round: 1,
	}));
	const { sheet, rows } = bothOf(all);
	// A code and its length; a step of the id; a secret, twice.
	expect(pack(sheet).length).toBeLessThan(256 * (32 + 1 + 1 + 2 * 2) + 1000);
	expect(new PackedRows(pack(sheet)).rows).toEqual(rows);
});

test('columns that misfit are refused', () => {
	interface Named {
		id: string;
		name?: string | undefined;
	}
	const named = (ids: string[], names: string[]) => () =>
		new Sheet<Named>(3, {}, { id: ids, name: names });
	expect(named(['a', 'b', 'c'], ['Maya', 'Bo', 'Noor'])).not.toThrow();
	expect(named(['a', 'b', 'c'], ['Maya', 'Bo'])).toThrow('misfits: name');
	expect(() => new Sheet<Named, 'name'>(1, { name: undefined }, { id: ['a'] })).toThrow(
		'lack name',
	);
	const both = { id: ['a'], name: ['Maya'] };
	expect(() => new Sheet<Named, 'name'>(1, { name: 'Bo' }, both)).toThrow('misfits: name');
});
