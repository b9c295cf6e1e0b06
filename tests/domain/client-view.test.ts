import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { clientColumns } from '../../src/lib/domain/client-columns.ts';
import { builtInViews, placeFromQuery, placeToQuery } from '../../src/lib/domain/client-view.ts';
import { byName, sortOrder, type Sort } from '../../src/lib/domain/sort-order.ts';
import { fromSeed } from '../support/seed.ts';
import { someClient } from '../support/some-client.ts';

test('a place in the list comes back from an address as it went in', () => {
	const place = fc.record({
		viewId: fc.constantFrom('', '8b0e7c1a', 'a&b=c'),
		filter: fc.constantFrom(
			{},
			{ tags: ['a&sort=name', 'ü'] },
			...builtInViews.map((v) => v.filter),
		),
		sort: fc.record({ by: fc.constantFrom(...clientColumns), isDescending: fc.boolean() }),
	});
	fc.assert(
		fc.property(place, (one) => {
			expect(placeFromQuery(placeToQuery(one))).toEqual(one);
		}),
		fromSeed(200),
	);
	expect(placeToQuery({ viewId: '', filter: {}, sort: byName })).toBe('');
	expect(placeFromQuery('sort=-wealth').sort).toEqual(byName);
});

const clients = [
	someClient('a', {
		firstName: 'Zoë',
		phone: '+1 (503) 555-0102',
		status: 'archived',
		tags: ['Group'],
		dateOfBirth: '2001-02-03',
		addedAt: 3,
	}),
	someClient('b', { firstName: 'Ada', phone: '', dateOfBirth: '', addedAt: 1 }),
	someClient('c', {
		firstName: 'Ben',
		phone: '1503 555 0101',
		status: 'prospective',
		tags: ['Évening', 'x'],
		addedAt: 2,
	}),
	someClient('d', { firstName: 'Cleo', phone: '', dateOfBirth: '', addedAt: 2 }),
];

test.each<[Sort['by'], boolean, string]>([
	['name', false, 'bcda'],
	['phone', false, 'cabd'],
	['phone', true, 'acbd'],
	['status', false, 'bdca'],
	['status', true, 'acbd'],
	['tags', false, 'cabd'],
	['born', false, 'cabd'],
	['added', true, 'acdb'],
	['portal', false, 'cdab'],
])('sorted by %s, descending %s: %s', (by, isDescending, ids) => {
	const order = sortOrder(
		clients,
		{ by, isDescending },
		{
			ties: sortOrder(clients, byName),
			standings: Uint8Array.of(1, 3, 0, 0),
		},
	);
	expect(Array.from(order, (at) => clients[at]?.id).join('')).toBe(ids);
});
