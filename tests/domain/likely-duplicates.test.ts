import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Client } from '../../src/lib/domain/client.ts';
import { likelyDuplicates } from '../../src/lib/domain/likely-duplicates.ts';
import { aClient } from '../support/clients.ts';
import { fromSeed } from '../support/seed.ts';

const maya = { firstName: 'Maya', lastName: 'Okafor' };
const born = { dateOfBirth: '1984-03-09' };

/** The reasons for which two profiles are listed; undefined when they are not. */
function reasonsFor(one: Partial<Client>, other: Partial<Client>) {
	const pairs = likelyDuplicates([
		aClient({ id: 'one', ...maya, ...one }),
		aClient({ id: 'other', ...maya, ...other }),
	]);
	return pairs[0]?.reasons;
}

test('the same name and date of birth', () => {
	expect(reasonsFor(born, born)).toEqual(['same-name', 'same-birth']);
	expect(reasonsFor({ ...born, firstName: 'MAYA ' }, { ...born, lastName: 'Ókafor' })).toEqual([
		'same-name',
		'same-birth',
	]);
	expect(reasonsFor(born, { ...born, firstName: 'Okafor', lastName: 'Maya' })).toEqual([
		'same-name',
		'same-birth',
	]);
});

test('the same address, also a further one, however it is written', () => {
	const address = { emailAddress: 'maya@example.com' };
	expect(reasonsFor(address, { emailAddress: ' Maya@Example.com' })).toContain('same-address');
	expect(reasonsFor(address, { otherEmailAddresses: ['maya@example.com'] })).toContain(
		'same-address',
	);
	expect(reasonsFor(address, { ...address, lastName: 'Vale' })).toEqual([
		'same-first-name',
		'same-address',
	]);
});

test('the same telephone and a similar name', () => {
	const one = { phone: '(503) 555-0100' };
	expect(reasonsFor(one, { phone: '+1 503 555 0100', firstName: 'Mya' })).toBeUndefined();
	expect(reasonsFor({ ...one, firstName: 'Mayra' }, { phone: '+1 503 555 0100' })).toEqual([
		'similar-name',
		'same-phone',
	]);
	expect(reasonsFor({ phone: '12', firstName: 'Mayra' }, { phone: '12' })).toBeUndefined();
});

test.each([
	['Robert', 'Bob'],
	['Elizabeth', 'Liz'],
	['Joanna', 'Jo'],
	['Stephen', 'Steven'],
	['Katherine', 'Katharine'],
])('%s and %s of one last name, born on one day', (firstName, otherName) => {
	expect(reasonsFor({ ...born, firstName }, { ...born, firstName: otherName })).toEqual([
		'similar-name',
		'same-birth',
	]);
});

test('a preferred name is a name', () => {
	const one = { ...born, firstName: 'Anneliese', preferredName: 'Lise' };
	expect(reasonsFor(one, { ...born, firstName: 'Lise' })).toEqual(['similar-name', 'same-birth']);
});

test('the same name where a date of birth is missing, or day and month changed places', () => {
	expect(reasonsFor(born, {})).toEqual(['same-name', 'one-without-birth']);
	expect(reasonsFor({}, {})).toEqual(['same-name', 'none-with-birth']);
	expect(reasonsFor({ dateOfBirth: '1984-09-03' }, born)).toEqual(['same-name', 'swapped-birth']);
});

test('a family that shares an inbox and a telephone is no duplicate', () => {
	const shared = { emailAddress: 'okafor@example.com', phone: '(503) 555-0100' };
	const family = [
		{ firstName: 'Ada', dateOfBirth: '2015-02-01' },
		{ firstName: 'Ben', dateOfBirth: '2017-04-11' },
		{ firstName: 'Benedikta', dateOfBirth: '2019-01-30' },
		{ firstName: 'Ngozi', dateOfBirth: '' },
		{ firstName: 'Ada & Tom', dateOfBirth: '', kind: 'couple' as const },
	].map((one, at) => aClient({ id: `${at}`, ...maya, ...shared, ...one }));
	expect(likelyDuplicates(family)).toEqual([]);
});

test('namesakes born on different days, a parent and a child of one name, and colleagues are no duplicates', () => {
	const shared = { emailAddress: 'okafor@example.com' };
	expect(
		reasonsFor({ ...shared, ...born }, { ...shared, dateOfBirth: '1984-03-10' }),
	).toBeUndefined();
	expect(reasonsFor(shared, { ...shared, lastName: 'Okafor Jr.' })).toBeUndefined();
	expect(
		reasonsFor(
			{ emailAddress: 'office@example.com' },
			{ emailAddress: 'office@example.com', firstName: 'Tom', lastName: 'Vale' },
		),
	).toBeUndefined();
	expect(reasonsFor({ ...born, firstName: 'Tom' }, born)).toBeUndefined();
});

test('a name that one program gave two numbers, or that many have, says nothing alone', () => {
	const numbered = (externalId: string) => ({ externalId, importId: 'i' });
	expect(reasonsFor(numbered('1'), numbered('2'))).toBeUndefined();
	expect(reasonsFor(numbered('1'), { externalId: '2', importId: 'j' })).toBeDefined();
	const many = Array.from({ length: 7 }, (_, at) => aClient({ id: `${at}`, ...maya }));
	expect(likelyDuplicates(many)).toEqual([]);
});

test('the surest pair comes first, and of many profiles of one person each is in as few pairs as it takes', () => {
	const clients = [
		aClient({ id: 'a', ...maya }),
		aClient({ id: 'b', ...maya, ...born, emailAddress: 'maya@example.com', addedAt: 9 }),
		aClient({ id: 'c', ...maya, ...born, emailAddress: 'maya@example.com', addedAt: 3 }),
	];
	const pairs = likelyDuplicates(clients);
	expect(pairs.map(({ ids }) => ids)).toEqual([
		['c', 'b'],
		['a', 'b'],
	]);
	expect(pairs[0]?.places).toEqual([2, 1]);
});

test('who is not the same person is not asked about again, also when one of them was merged since', () => {
	const clients = [
		aClient({ id: 'a', ...maya, ...born }),
		aClient({ id: 'b', ...maya, ...born, formerIds: ['c'] }),
	];
	expect(likelyDuplicates(clients, [['b', 'a']])).toEqual([]);
	expect(likelyDuplicates(clients, [['a', 'c']])).toEqual([]);
	expect(likelyDuplicates(clients, [['a', 'd']])).toHaveLength(1);
});

test('the order of the clients does not matter, and nobody is paired twice with the same', () => {
	const client = fc.record({
		firstName: fc.constantFrom('', 'Maya', 'Mayra', 'Bob', 'Robert'),
		lastName: fc.constantFrom('', 'Okafor', 'Vale'),
		dateOfBirth: fc.constantFrom('', '1984-03-09', '1984-09-03'),
		emailAddress: fc.constantFrom('', 'a@example.com', 'b@example.com'),
		phone: fc.constantFrom('', '(503) 555-0100'),
	});
	fc.assert(
		fc.property(fc.array(client, { maxLength: 9 }), (facts) => {
			const clients = facts.map((one, at) => aClient({ id: `${at}`, ...one }));
			const pairs = likelyDuplicates(clients);
			const reversed = likelyDuplicates([...clients].reverse());
			const strengths = (list: typeof pairs) => list.map(({ strength }) => strength);
			expect(strengths(reversed)).toEqual(strengths(pairs));
			const keys = pairs.map(({ ids }) => [...ids].sort().join());
			expect(new Set(keys).size).toBe(keys.length);
			expect(pairs.length).toBeLessThan(Math.max(1, clients.length));
		}),
		fromSeed(200),
	);
});

test('thousands who share a name, an inbox or a day take no longer than as many who share nothing', () => {
	const clients = Array.from({ length: 10_000 }, (_, at) =>
		aClient({
			id: `${at}`,
			...maya,
			...born,
			emailAddress: 'office@example.com',
			phone: '5035550100',
		}),
	);
	const started = process.cpuUsage();
	expect(likelyDuplicates(clients)).toHaveLength(9_999);
	// Each with each would be 50 million comparisons. Of the processor, not of the clock: others' work is none of ours.
	const { user, system } = process.cpuUsage(started);
	expect((user + system) / 1_000).toBeLessThan(5_000);
});
