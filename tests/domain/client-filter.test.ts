import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFacets } from '../../src/lib/domain/client-facets.ts';
import {
	type ClientFilter,
	countFilters,
	filterFromQuery,
	filterToQuery,
} from '../../src/lib/domain/client-filter.ts';
import type { Client } from '../../src/lib/domain/client.ts';
import { countFacets, failures } from '../../src/lib/domain/filter-clients.ts';
import { type PortalStanding, standingsInOrder } from '../../src/lib/domain/portal-standing.ts';
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
		portal: fc.constant(['waiting', 'joined'] as const),
		age: fc.constantFrom('minor' as const, 'adult' as const, 'turns-18' as const),
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
	const query = new URLSearchParams(
		'status=rich&portal=gate&age=old&since=yesterday&address=perhaps&x=y',
	);
	expect(filterFromQuery(query)).toEqual({});
	expect(countFilters({})).toBe(0);
	expect(countFilters({ status: ['active', 'archived'], age: 'minor' })).toBe(3);
});

/** As the list does it; all stand where `standings` says, else they are not invited. */
function facetsOf(clients: readonly Client[], standings: readonly PortalStanding[] = []) {
	const standing = Uint8Array.from(clients, (_, at) =>
		standingsInOrder.indexOf(standings[at] ?? 'not-invited'),
	);
	return { ...readFacets(clients, now), standing };
}

test.each<[string, ClientFilter, string[]]>([
	['nothing', {}, ['maya', 'sam', 'kim']],
	['status', { status: ['archived'] }, ['sam']],
	['a professional, however it is written', { professional: ['dr. rowan'] }, ['maya']],
	['nobody looks after', { professional: [''] }, ['sam', 'kim']],
	['all tags', { tags: ['evening', 'group'] }, ['maya']],
	['a professional nobody has', { professional: ['Ada'] }, []],
	['a tag nobody has', { tags: ['morning'] }, []],
	['an import nobody came with', { importId: 'i2' }, []],
	['minors', { age: 'minor' }, ['kim']],
	['who turns 18 soon', { age: 'turns-18' }, []],
	['where they stand', { portal: ['joined', 'waiting'] }, ['sam']],
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
	const failed = failures(facetsOf(clients, ['not-invited', 'joined']), filter);
	expect(clients.filter((_, at) => failed[at] === 0).map(({ id }) => id)).toEqual(ids);
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

const someone = fc.record({
	status: fc.constantFrom('active' as const, 'archived' as const),
	professional: fc.constantFrom('', 'Ada', 'ada ', 'Dr. Rowan'),
	tags: fc.constantFrom(undefined, ['group'], ['group', 'evening']),
	dateOfBirth: fc.constantFrom('', '1984-03-09', '2008-12-01', '2015-01-01'),
	emailAddress: fc.constantFrom('', 'a@example.com'),
});
const narrowings: fc.Arbitrary<ClientFilter> = fc.record(
	{
		status: fc.constant(['active'] as const),
		professional: fc.constantFrom(['Ada'], ['', 'Dr. Rowan']),
		tags: fc.constantFrom(['group'], ['evening']),
		age: fc.constantFrom('minor' as const, 'adult' as const, 'turns-18' as const),
		hasAddress: fc.boolean(),
	},
	{ requiredKeys: [] },
);

test('each choice counts the clients whom it alone would show, given the other filters', () => {
	fc.assert(
		fc.property(fc.array(someone, { maxLength: 20 }), narrowings, (abouts, filter) => {
			const clients = abouts.map(({ tags, ...about }, at) =>
				someClient(String(at), { ...about, ...(tags && { tags }) }),
			);
			const facets = facetsOf(clients);
			const shows = (changed: ClientFilter) =>
				failures(facets, { ...filter, ...changed }).filter((bits) => bits === 0).length;
			const counts = countFacets(facets, failures(facets, filter));
			expect(counts.all).toBe(shows({}));
			expect(counts.status[0]).toBe(shows({ status: ['active'] }));
			facets.professionals.list.forEach((name, code) =>
				expect(counts.professional[code]).toBe(shows({ professional: [name] })),
			);
			facets.tags.list.forEach((tag, code) =>
				expect(counts.tags[code]).toBe(shows({ tags: [...(filter.tags ?? []), tag] })),
			);
			expect([...counts.age]).toEqual([
				shows({ age: 'adult' }),
				shows({ age: 'minor' }) - shows({ age: 'turns-18' }),
				shows({ age: 'turns-18' }),
			]);
			expect(counts.hasAddress[1]).toBe(shows({ hasAddress: true }));
		}),
		fromSeed(200),
	);
});
