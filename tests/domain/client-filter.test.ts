import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	type ClientFilter,
	countFilters,
	filterFromQuery,
	filterTest,
	filterToQuery,
} from '../../src/lib/domain/client-filter.ts';
import { knownProfessionals, reassigned } from '../../src/lib/domain/professional.ts';
import { fromSeed } from '../support/seed.ts';
import { someClient } from '../support/some-client.ts';

const now = new Date(2026, 10, 23, 12).getTime();
const day = fc.constantFrom('2026-01-01', '2026-11-23');
const filters: fc.Arbitrary<ClientFilter> = fc.record(
	{
		status: fc.constant(['active', 'archived'] as const),
		professional: fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 3 }),
		tags: fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 }),
		age: fc.constantFrom('minor' as const, 'adult' as const),
		importId: fc.string({ minLength: 1 }),
		hasAddress: fc.boolean(),
		addedSince: day,
		addedBefore: day,
	},
	{ requiredKeys: [] },
);

test('a filter comes back from an address as it went in', () => {
	fc.assert(
		fc.property(filters, (filter) => {
			expect(filterFromQuery(new URLSearchParams(filterToQuery(filter)))).toEqual(filter);
		}),
		fromSeed(300),
	);
});

test('an address that asks for nonsense narrows nothing', () => {
	const query = new URLSearchParams('status=rich&age=old&since=yesterday&address=perhaps&x=y');
	expect(filterFromQuery(query)).toEqual({});
	expect(countFilters({})).toBe(0);
});

test.each<[string, ClientFilter, string[]]>([
	['nothing', {}, ['maya', 'sam', 'kim']],
	['status', { status: ['archived'] }, ['sam']],
	['a professional, however it is written', { professional: ['dr. rowan'] }, ['maya']],
	['nobody looks after', { professional: [''] }, ['sam', 'kim']],
	['all tags', { tags: ['evening', 'group'] }, ['maya']],
	['minors', { age: 'minor' }, ['kim']],
	['no address', { hasAddress: false }, ['sam']],
	['added since', { addedSince: '2026-11-01' }, ['kim']],
	['added before', { addedBefore: '2026-11-01' }, ['maya', 'sam']],
	['two at once', { hasAddress: true, age: 'adult' }, ['maya']],
	['an import', { importId: 'i1' }, ['kim']],
])('narrowed by %s', (_words, filter, ids) => {
	const old = new Date(2026, 9, 1).getTime();
	const clients = [
		someClient('maya', { professional: 'Dr. Rowan', tags: ['group', 'evening'], addedAt: old }),
		someClient('sam', { status: 'archived', emailAddress: ' ', addedAt: old }),
		someClient('kim', { dateOfBirth: '2015-01-01', addedAt: now, importId: 'i1' }),
	];
	expect(clients.filter(filterTest(filter, now)).map(({ id }) => id)).toEqual(ids);
});

test('professionals are those with a row and those whom only clients name, counted once', () => {
	const row = {
		id: 'p',
		name: 'Dr. Rowan',
		credentials: '',
		replyTo: '',
		isActive: true,
		addedAt: 1,
	};
	const clients = [
		someClient('maya', { professional: 'dr. rowan ' }),
		someClient('sam', { professional: 'Ada' }),
		someClient('kim', { professional: '' }),
	];
	expect(knownProfessionals([row], clients)).toEqual([
		{ name: 'Ada', row: undefined, clientCount: 1 },
		{ name: 'Dr. Rowan', row, clientCount: 1 },
	]);
	expect(reassigned(clients, 'Dr. Rowan', 'Ada')).toEqual([{ ...clients[0], professional: 'Ada' }]);
});
