import { makeSearch } from '$lib/domain/search.ts';
import { sortOrder } from '$lib/domain/sort-order.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aClient } from '../support/clients.ts';

const clients = [
	aClient({
		id: 'a',
		firstName: 'José',
		lastName: 'Ortiz',
		professional: 'Dana Reyes',
		addedAt: 3,
	}),
	aClient({
		id: 'b',
		firstName: 'Maya',
		lastName: 'Okafor',
		preferredName: 'May\nflower',
		addedAt: 1,
	}),
	aClient({ id: 'c', firstName: '', lastName: '', emailAddress: 'zoë@example.com', addedAt: 2 }),
	aClient({ id: 'd', firstName: 'Ömer', lastName: 'Ålund', emailAddress: '', addedAt: 2 }),
];
const soren = aClient({ id: 'e', firstName: 'Søren', lastName: 'Weiß', emailAddress: '' });

test.each([
	['jose', 'a'],
	['JOSÉ  ortiz', 'a'],
	['ortiz jo', 'a'],
	['reyes', 'a'],
	['flower', 'b'],
	['zoe@', 'c'],
	['alund ömer', 'd'],
	['soren', 'e'],
	['Søren weiss', 'e'],
	['weiß', 'e'],
	['example.com', 'abc'],
	['okafor ortiz', ''],
	['a@example.com b@example.com', ''],
	['', 'abcde'],
])('%j finds %j', (query, ids) => {
	const all = [...clients, soren];
	const found = makeSearch(all)(query);
	expect([...found].map((index) => all[index]?.id).join('')).toBe(ids);
});

test('a search finds what a plain look at every row finds', () => {
	const text = fc.stringMatching(/^[abÄ\n ]{0,4}$/);
	const row = fc.record({ firstName: text, lastName: text, professional: text });
	fc.assert(
		fc.property(fc.array(row, { maxLength: 12 }), text, (fields, query) => {
			const rows = fields.map((field, i) => aClient({ id: `${i}`, emailAddress: '', ...field }));
			const folded = (value: string) => value.toLowerCase().replaceAll('ä', 'a');
			const words = folded(query).split(/\s+/).filter(Boolean);
			const expected = rows.flatMap(({ firstName, lastName, professional }, i) => {
				const line = folded(`${`${firstName} ${lastName}`.trim()}  ${professional}`);
				const isFound = words.every((word) => line.replaceAll('\n', ' ').includes(word));
				return isFound ? [i] : [];
			});
			expect([...makeSearch(rows)(query)]).toEqual(expected);
		}),
	);
});

test.each([
	['name', false, 'abdc'],
	['name', true, 'dbac'],
	['address', false, 'abcd'],
	['address', true, 'cbad'],
	['professional', false, 'abcd'],
	['added', false, 'bcda'],
	['added', true, 'acdb'],
] as const)('sorted by %s, descending %s', (by, isDescending, ids) => {
	const order = sortOrder(clients, { by, isDescending });
	expect([...order].map((index) => clients[index]?.id).join('')).toBe(ids);
});
