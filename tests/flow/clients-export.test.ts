import type { Client } from '$lib/domain/client.ts';
import { cards, type CardVersion } from '$lib/clients/list/clients-cards.ts';
import { csvLines } from '$lib/clients/list/clients-csv.ts';
import ical from 'ical.js';
import { expect, test } from 'vitest';
import { textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { someClient } from '../support/some-client.ts';
import { mappingOf, takeIn } from '../support/taking-in.ts';

const clients = [
	someClient('c1', {
		externalId: 'A-17',
		firstName: 'José; X, Jr.',
		lastName: 'Ortiz\\Å',
		preferredName: 'Pe, pe',
		otherEmailAddresses: ['jose@home.example'],
		phone: '(503) 555-0101',
		otherPhones: ['(503) 555-0102'],
		status: 'prospective',
		professional: 'Dana Reyes, LCSW',
		language: 'es',
		tags: ['Evening', 'Group, adults'],
		notes: 'Likes\nmornings',
		isDoNotEmail: true,
		addedAt: new Date(2026, 4, 3, 12).getTime(),
	}),
	someClient('c2', {
		firstName: '=1+2',
		lastName: '\n+1',
		hasJoinedPortal: true,
		isDeceased: true,
		kind: 'minor',
		dateOfBirth: '2015-02-03',
	}),
	someClient('c3', { firstName: 'Ana', tags: ['Group, adults'], language: 'pt-BR' }),
];

function csv(hasNotes: boolean, of: readonly Client[] = clients): string {
	const rows = of.map((client) => ({
		client,
		standing: client.hasJoinedPortal ? 'Joined' : 'Not invited',
	}));
	return [...csvLines(rows, hasNotes)].join('');
}

async function takenIn(content: string, name: string): Promise<readonly Client[]> {
	const vault = await openTestVault();
	await takeIn(vault, textFile(content, name));
	return (await vault.load('clients')).rows('clients');
}

test('what is exported as CSV comes back through the import as it was', async () => {
	const mapping = await mappingOf(textFile(csv(false), 'clients.csv'));
	expect(mapping.header.filter((_, at) => mapping.roles[at] === 'ignore')).toEqual([]);
	const back = await takenIn(csv(false), 'clients.csv');
	const { id: _id, notes: _n, importId: _i, ...kept } = clients[0] as Client;
	expect(back[0]).toMatchObject({ ...kept, addedAt: expect.any(Number) as number });
	expect(new Date(back[0]?.addedAt ?? 0).toDateString()).toBe(
		new Date(kept.addedAt).toDateString(),
	);
	expect(back[1]).toMatchObject({
		firstName: '=1+2',
		isDeceased: true,
		hasJoinedPortal: true,
		kind: 'minor',
	});
	expect(back.map(({ tags }) => tags)).toEqual([
		['Evening', 'Group, adults'],
		undefined,
		['Group, adults'],
	]);
	expect(back.map(({ language }) => language)).toEqual(['es', undefined, 'pt-BR']);
	const again = csv(false, back);
	expect(csv(false, await takenIn(again, 'again.csv'))).toBe(again);
});

test('no cell of an export is a formula, and notes are there only when asked for', () => {
	expect(csv(false)).toContain(`"'=1+2"`);
	expect(csv(false)).not.toContain('mornings');
	expect(csv(true)).toContain('"Likes\nmornings"');
});

test.each<CardVersion>(['3.0', '4.0'])(
	'vCards of version %s come back through the import as they were',
	async (version) => {
		const text = [...cards(ical, clients, version, false)].join('');
		expect(text.split('BEGIN:VCARD')).toHaveLength(4);
		expect(text).toContain(`VERSION:${version}\r\n`);
		expect(text).not.toContain('mornings');
		const [first, second] = await takenIn(text, 'clients.vcf');
		const { firstName, lastName, preferredName, phone, dateOfBirth } = clients[0] as Client;
		expect(first).toMatchObject({ firstName, lastName, preferredName, phone, dateOfBirth });
		expect(first?.emailAddress).toBe('c1@example.com');
		expect(first?.otherEmailAddresses).toEqual(['jose@home.example']);
		expect(first?.otherPhones).toEqual(['(503) 555-0102']);
		expect(second?.dateOfBirth).toBe('2015-02-03');
		expect(first?.tags).toEqual(['Evening', 'Group, adults']);
		// Version 3 has no word for the language of a person.
		expect(first?.language).toBe(version === '4.0' ? 'es' : undefined);
	},
);

test('a line break in a field begins no property of its own', () => {
	const sly = someClient('sly', {
		emailAddress: 'a@example.com\r\nNOTE:one',
		phone: '555\nNOTE:two',
		firstName: 'A\nNOTE:three',
		tags: ['x\nNOTE:four'],
	});
	const text = [...cards(ical, [sly], '4.0', false)].join('');
	expect(text).not.toMatch(/^NOTE/m);
});
