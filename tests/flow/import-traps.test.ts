import type { Client } from '$lib/domain/client.ts';
import { importFile, type ImportOptions } from '$lib/imports/import-file.ts';
import { inspectFile } from '$lib/imports/inspect-file.ts';
import type { MappingChoices } from '$lib/imports/mapping.ts';
import { rejectedFile } from '$lib/imports/rejected-rows.ts';
import { reviewFile } from '$lib/imports/review-file.ts';
import type { Vault } from '$lib/vault/types.ts';
import { describe, expect, it } from 'vitest';
import { fixtureFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { clientsIn, contactsIn } from '../support/taking-in.ts';

async function look(file: File, choices: MappingChoices = {}) {
	const inspected = await inspectFile(file, choices);
	if (inspected.kind === 'refused') throw new Error(inspected.problem.message);
	return inspected.inspection;
}

async function taken(
	vault: Vault,
	name: string,
	choices: MappingChoices = {},
	options: ImportOptions = {},
) {
	const file = fixtureFile(name);
	const { mapping } = await look(file, choices);
	const result = await importFile(vault, file, mapping, options);
	if (result.kind !== 'imported') throw new Error(JSON.stringify(result));
	const { rows, created, updated, unchanged, skipped, rejected } = result.counts;
	expect(created + updated + unchanged + skipped + rejected).toBe(rows);
	return result;
}

async function clientsOf(name: string, choices: MappingChoices = {}): Promise<readonly Client[]> {
	const vault = await openTestVault();
	await taken(vault, name, choices);
	return clientsIn(vault);
}

describe('exports of programs', () => {
	it('SimplePractice: one column holds the full name, active and inactive clients stand in one file', async () => {
		const vault = await openTestVault();
		await taken(vault, 'simplepractice.csv');
		expect(await clientsIn(vault)).toMatchObject([
			{ firstName: 'Maya', lastName: 'Okafor', emailAddress: 'maya@example.com', status: 'active' },
			{
				firstName: 'Noah',
				lastName: 'Reyes',
				emailAddress: 'noah@example.com',
				status: 'inactive',
			},
			{ firstName: 'Mia', lastName: 'Silva', emailAddress: '', kind: 'minor' },
		]);
		expect(await contactsIn(vault)).toMatchObject([
			{ name: 'Elena Silva', emailAddress: 'elena@example.com', relationship: 'guardian' },
		]);
	});

	it("Jane: nobody gets the family doctor's address, and every wish and standing is heard", async () => {
		const clients = await clientsOf('jane.csv');
		expect(JSON.stringify(clients)).not.toContain('doctor.example');
		const none = { isDoNotEmail: false, hasBounced: false, isDeceased: false, status: 'active' };
		expect(clients).toMatchObject([
			{ ...none, emailAddress: 'maya@example.com' },
			{ ...none, emailAddress: '' },
			{ ...none, isDoNotEmail: true },
			{ ...none, hasBounced: true },
			{ ...none, isDeceased: true },
			{ ...none, status: 'inactive' },
			{ ...none, status: 'inactive' },
		]);
	});

	it('TherapyAppointment: a login says that the client has joined', async () => {
		expect(await clientsOf('therapyappointment.csv')).toMatchObject([
			{ hasJoinedPortal: true, joinedSource: { column: 'LOGIN_NAME' } },
			{ hasJoinedPortal: false },
		]);
	});

	it('Google Contacts: several values in a cell, notes with line breaks, labels of any language', async () => {
		expect(await clientsOf('google-contacts.csv')).toMatchObject([
			{
				firstName: 'Jörg',
				lastName: 'Müller',
				dateOfBirth: '1970-05-06',
				emailAddress: 'jm@example.com',
				otherEmailAddresses: ['j.mueller@work.example', 'jm@firma.example'],
				otherPhones: [expect.stringContaining('30')],
			},
		]);
	});

	it('Excel in German: semicolons, windows-1252, its own words for columns and values', async () => {
		expect(await clientsOf('excel-in-german.csv')).toMatchObject([
			{
				externalId: '4711',
				firstName: 'Jördis',
				lastName: 'Großmann',
				dateOfBirth: '1989-08-05',
				phone: '0170 / 7654321',
				professional: 'Robin Vale',
				status: 'active',
				isDoNotEmail: false,
			},
			{ firstName: 'Ünal', dateOfBirth: '1975-12-31', status: 'inactive', isDoNotEmail: true },
			{ firstName: 'Ann und Bob', kind: 'couple', dateOfBirth: '1980-03-01', status: 'archived' },
		]);
	});
});

describe('traps of real files', () => {
	it('names: last first, titles, particles, nicknames, words that are no name, couples', async () => {
		const names = await clientsOf('names-in-one-column.csv');
		expect(
			names.map(({ firstName, lastName, preferredName, kind }) =>
				[firstName, lastName, preferredName, kind].join('|'),
			),
		).toEqual([
			'Maya|Okafor||adult',
			'Jan|van der Berg Jr.||adult',
			'Jonathan|Reyes|Jon|adult',
			'Mateo|Silva||adult',
			'Ann & Bob|Lee||couple',
			'Cy & Di|Ray||couple',
		]);
	});

	it('no status column: a person says it of the whole file', async () => {
		const clients = await clientsOf('no-status-column.csv', { defaults: { status: 'inactive' } });
		expect(clients.map(({ status }) => status)).toEqual(['inactive', 'inactive']);
	});

	it('title rows above the header, blank columns behind it, a blank row and a sum at the end', async () => {
		const vault = await openTestVault();
		const { counts } = await taken(vault, 'title-rows-and-blank-columns.csv');
		expect(counts).toMatchObject({ rows: 4, created: 2, skipped: 2, rejected: 0 });
	});

	it('the same column name twice: the first counts, the second is kept beside it', async () => {
		expect(await clientsOf('duplicate-columns.csv')).toMatchObject([
			{
				emailAddress: 'maya@example.com',
				otherEmailAddresses: ['other@example.com'],
				phone: '(503) 555-0101',
				otherPhones: ['(503) 555-0102'],
			},
		]);
	});

	it('addresses with names, mailto:, or several in a cell', async () => {
		const clients = await clientsOf('addresses-in-many-ways.csv');
		expect(
			clients.map(({ emailAddress, otherEmailAddresses = [] }) => [
				emailAddress,
				...otherEmailAddresses,
			]),
		).toEqual([
			['one@example.com'],
			['two@example.com'],
			['three@example.com', 'other@example.com'],
			['three.four@example.com', 'four@work.example'],
			['five@example.com', 'five@work.example'],
			[''],
		]);
	});

	it('dates in many ways, where the month is plain', async () => {
		const clients = await clientsOf('dates-in-many-ways.csv', { dateOrder: 'month-first' });
		expect(clients.map(({ dateOfBirth }) => dateOfBirth)).toEqual([
			'2001-01-31',
			'1985-09-15',
			'1990-10-31',
			'1975-01-20',
			'',
			'1989-08-25',
			'1980-01-02',
			'1975-12-31',
			'',
		]);
	});

	it('columns that say whether a client may be emailed', async () => {
		const clients = await clientsOf('consent-columns.csv');
		expect(clients.map(({ isDoNotEmail }) => isDoNotEmail)).toEqual([false, true, true]);
	});

	it('a family shares the number of its account, and is still several people', async () => {
		const clients = await clientsOf('family-account.csv');
		expect(clients.map(({ firstName }) => firstName)).toEqual(['Mia', 'Tom', 'Ada']);
	});
});

describe('the same client twice in a file', () => {
	it('is one client; a wish not to be emailed, a login or a death of the second row is heard', async () => {
		const vault = await openTestVault();
		const { counts, problems } = await taken(vault, 'same-client-twice.csv');
		expect(counts).toMatchObject({ rows: 6, created: 4, skipped: 2 });
		expect(await clientsIn(vault)).toMatchObject([
			{ firstName: 'Maya', isDoNotEmail: true },
			{ firstName: 'Noah', emailAddress: 'noah@example.com', hasJoinedPortal: true },
			{ firstName: 'Jon', isDoNotEmail: false },
			{ firstName: 'Jonathan' },
		]);
		expect(problems.filter(({ line }) => line < 6).map(({ reason }) => reason)).toEqual([
			'This is the same client as in line 2. What it says against writing to this client was taken over.',
			'This is the same client as in line 3. What it says against writing to this client was taken over.',
		]);
		const again = await taken(vault, 'same-client-twice.csv');
		expect(again.counts).toMatchObject({ created: 0, updated: 0 });
	});

	it('likely so, she is shown with the line and the reason, and merged if a person says so', async () => {
		const vault = await openTestVault();
		const file = fixtureFile('same-client-twice.csv');
		const { mapping } = await look(file);
		const review = await reviewFile(vault, file, mapping);
		if (review.kind !== 'reviewed') throw new Error(review.kind);
		expect(review.likely).toMatchObject([
			{
				line: 7,
				earlierLine: 6,
				isLikely: true,
				reason: 'Same email address, and a first name that is alike',
			},
		]);
		const choices = {
			policy: 'update',
			fixes: [],
			rowPolicies: [
				{ line: 7, policy: 'update' },
				{ line: 5, policy: 'create' },
			],
		} as const;
		const { counts } = await taken(vault, 'same-client-twice.csv', {}, { choices });
		expect(counts).toMatchObject({ rows: 6, created: 4, updated: 1, skipped: 1 });
		const names = (await clientsIn(vault)).map(
			({ firstName, emailAddress }) => `${firstName} ${emailAddress}`,
		);
		expect(names).toEqual([
			'Maya maya@example.com',
			'Noah noah@example.com',
			'Noah noah@home.example',
			'Jonathan silva@example.com',
		]);
	});
});

describe('trouble that others had', () => {
	it('13: which number is the month is asked, and never guessed', async () => {
		const { findings, mapping } = await look(fixtureFile('ambiguous-dates.csv'));
		expect(mapping.dateOrder).toBe('');
		expect(findings.map(({ kind }) => kind)).toContain('date-order');
		const clients = await clientsOf('ambiguous-dates.csv');
		expect(clients.map(({ dateOfBirth }) => dateOfBirth)).toEqual(['', '']);
	});

	it('15: a formula in a name comes back inert in the rejected rows', async () => {
		const vault = await openTestVault();
		const { rejectedRows, counts } = await taken(vault, 'formulas.csv');
		expect(counts).toMatchObject({ created: 3, rejected: 1 });
		expect((await clientsIn(vault))[1]?.lastName).not.toContain('\n');
		const all = [
			...rejectedRows,
			{ line: 2, cells: ['=HYPERLINK(1)', ' =1', 'a\n=2'], reason: '' },
		];
		const { mapping } = await look(fixtureFile('formulas.csv'));
		const text = rejectedFile(all, mapping);
		expect(text).toContain("'=HYPERLINK(1)");
		expect(text).not.toMatch(/(?:^|[,"\n])\s*=/u);
	});

	it('19: columns called __proto__ or constructor are columns like any other', async () => {
		expect(await clientsOf('proto-columns.csv')).toMatchObject([{ firstName: 'Maya' }]);
		expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
	});
});
