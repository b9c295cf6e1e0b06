import { importFile } from '$lib/imports/import-file.ts';
import { inspectFile } from '$lib/imports/inspect-file.ts';
import type { MappingChoices } from '$lib/imports/mapping.ts';
import { guessCountry } from '$lib/imports/phone-country.ts';
import { makePhoneReader } from '$lib/imports/phone-numbers.ts';
import { undoImport } from '$lib/imports/undo-import.ts';
import type { Vault } from '$lib/vault/types.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { fromSeed } from '../support/seed.ts';
import { clientsIn, contactsIn, sumOf } from '../support/taking-in.ts';

async function taken(vault: Vault, text: string, choices: MappingChoices = {}) {
	const inspected = await inspectFile(textFile(text), choices);
	if (inspected.kind === 'refused') throw new Error(inspected.problem.message);
	const result = await importFile(vault, textFile(text), inspected.inspection.mapping);
	if (result.kind !== 'imported') throw new Error(JSON.stringify(result));
	return result;
}

describe('telephone numbers', () => {
	it.each([
		['(503) 555-0101', '(503) 555-0101'],
		['503.555.0101', '(503) 555-0101'],
		['503 555 0101', '(503) 555-0101'],
		['5035550101', '(503) 555-0101'],
		['1-503-555-0101', '(503) 555-0101'],
		['+15035550101', '(503) 555-0101'],
		['+1 503 555 0101 x12', '(503) 555-0101 ext. 12'],
		['(503) 555-0101 ext. 3', '(503) 555-0101 ext. 3'],
		['+442079460958', '+44 20 7946 0958'],
		// None, or not one: kept as they are.
		['555-0101', '555-0101'],
		['1', '1'],
		['', ''],
		['ask first', 'ask first'],
		['503 555 0101 (evenings only, please)', '503 555 0101 (evenings only, please)'],
		['503 555 0101 / 503 555 0102', '503 555 0101 / 503 555 0102'],
	])('%s is written %s in an American file', (text, written) => {
		const read = makePhoneReader('US');
		expect(read(text)).toBe(written);
		expect(read(text)).toBe(written);
		expect(read(written)).toBe(written);
	});

	it.each([
		['GB', '02079460958', '020 7946 0958'],
		['GB', '07911123456', '07911 123456'],
		['GB', '+447911123456', '07911 123456'],
		['GB', '0049 30 901820', '+49 30 901820'],
		['DE', '+4930901820', '030 901820'],
		['AU', '0412345678', '0412 345 678'],
	] as const)('in %s %s is %s', (country, text, written) => {
		expect(makePhoneReader(country)(text)).toBe(written);
	});

	it('what is known from a number before is what would be found anew', () => {
		const forms = ['503.555.####', '1503555####', '+44791112####', '07911 12####', '503555#### x7'];
		fc.assert(
			fc.property(
				fc.constantFrom('US', 'GB', 'DE'),
				fc.constantFrom(...forms),
				fc.array(fc.integer({ min: 1000, max: 9999 }), { minLength: 2, maxLength: 5 }),
				(country, form, numbers) => {
					const read = makePhoneReader(country);
					for (const number of numbers) {
						const text = form.replace('####', String(number));
						expect(read(text)).toBe(makePhoneReader(country)(text));
					}
				},
			),
			fromSeed(30),
		);
	});

	it("the country is that of the file's addresses, else of its own numbers", () => {
		expect(guessCountry(['Phone', 'Country'], ['phone', 'ignore'], [['', 'United Kingdom']])).toBe(
			'GB',
		);
		expect(guessCountry(['Phone'], ['phone'], [['+4930901820'], ['030 901820']])).toBe('DE');
		expect(guessCountry(['Phone'], ['phone'], [['030 901820']])).toBe('US');
	});

	it('a file from elsewhere is read as there', async () => {
		const vault = await openTestVault();
		await taken(vault, 'Client,Phone,Country\nMaya Okafor,02079460958,UK\n');
		expect(await clientsIn(vault)).toMatchObject([{ phone: '020 7946 0958' }]);
	});
});

describe('addresses', () => {
	it('of several the first that works is taken, and the others are named', async () => {
		const vault = await openTestVault();
		const { problems } = await taken(
			vault,
			'Client,Email\nMaya Okafor,"maya@example; maya@example.com, work@example.com"\n',
		);
		expect(await clientsIn(vault)).toMatchObject([{ emailAddress: 'maya@example.com' }]);
		expect(problems).toMatchObject([
			{
				severity: 'warning',
				column: 'Email',
				reason:
					'This cell holds 3 addresses; maya@example.com was taken, not maya@example, work@example.com.',
			},
		]);
	});

	it('a likely slip is pointed out and never corrected', async () => {
		const vault = await openTestVault();
		const { problems, counts } = await taken(
			vault,
			'Client,Email\nMaya Okafor,maya@example.con\nNoah Reyes,noah@@example.com\nAmara Silva,n/a\n',
		);
		expect(counts.rejected).toBe(0);
		expect((await clientsIn(vault)).map(({ emailAddress }) => emailAddress)).toEqual([
			'maya@example.con',
			'noah@@example.com',
			'',
		]);
		expect(problems.map(({ severity, reason }) => `${severity}: ${reason}`)).toEqual([
			'warning: This may be a typing error for maya@example.com; it was taken as it is written.',
			'warning: This is not an email address; mail cannot go there. Perhaps noah@example.com was meant.',
		]);
	});
});

describe('names', () => {
	it('a preferred name stands in its column, or beside the first name', async () => {
		const vault = await openTestVault();
		await taken(
			vault,
			'First Name,Last Name,Preferred Name\nJonathan "Jon",Reyes,\nMargaret (Peggy),Lee,\nMaya,Okafor,May\nMateo (minor),Silva,\n',
		);
		const names = await clientsIn(vault);
		expect(names.map(({ firstName, preferredName }) => [firstName, preferredName])).toEqual([
			['Jonathan', 'Jon'],
			['Margaret', 'Peggy'],
			['Maya', 'May'],
			['Mateo', ''],
		]);
	});

	it('two-digit years of birth are never in the future', async () => {
		const vault = await openTestVault();
		const next = String((new Date().getFullYear() + 1) % 100).padStart(2, '0');
		await taken(vault, `Client,DOB\nMaya Okafor,12/31/${next}\nNoah Reyes,01/31/89\n`);
		const births = (await clientsIn(vault)).map(({ dateOfBirth }) => dateOfBirth);
		expect(births).toEqual([`19${next}-12-31`, '1989-01-31']);
	});
});

describe('a row that names two people', () => {
	const csv =
		'ID,Client,Client type,Email,DOB\n1,Ann & Bob Lee,Couple,lee@example.com,1980-01-01\n2,"Ray, Cy and Di",Couple,ray@example.com,\n3,Mr. & Mrs. Gray,,gray@example.com,\n';

	it('is one client, a couple, unless a person decides otherwise', async () => {
		const vault = await openTestVault();
		await taken(vault, csv);
		expect(await clientsIn(vault)).toMatchObject([
			{ firstName: 'Ann & Bob', kind: 'couple' },
			{ firstName: 'Cy & Di', kind: 'couple' },
			{ lastName: 'Gray', kind: 'couple' },
		]);
		await taken(vault, 'First Name,Last Name\nEve & Flo,Hill\n');
		expect((await clientsIn(vault)).at(-1)).toMatchObject({
			firstName: 'Eve & Flo',
			lastName: 'Hill',
			kind: 'couple',
		});
	});

	it('becomes two who share its address, each to be looked at, and counts once', async () => {
		const vault = await openTestVault();
		const defaults = { splitsCouples: true };
		const { counts, problems, importId } = await taken(vault, csv, { defaults });
		expect(await clientsIn(vault)).toMatchObject([
			{ firstName: 'Ann', lastName: 'Lee', externalId: '1', dateOfBirth: '1980-01-01' },
			{ firstName: 'Bob', lastName: 'Lee', externalId: '', dateOfBirth: '', kind: 'adult' },
			{ firstName: 'Cy', lastName: 'Ray', emailAddress: 'ray@example.com' },
			{ firstName: 'Di', lastName: 'Ray', emailAddress: 'ray@example.com' },
			{ lastName: 'Gray', kind: 'couple' },
		]);
		expect(problems.filter(({ reason }) => reason.includes('two people')).length).toBe(2);
		expect(counts).toMatchObject({ rows: 3, created: 3 });
		expect(sumOf(counts)).toBe(3);

		const before = await clientsIn(vault);
		const again = await taken(vault, csv, { defaults });
		expect(again.counts).toMatchObject({ rows: 3, unchanged: 3 });
		expect(await clientsIn(vault)).toEqual(before);

		await undoImport(vault, importId);
		expect(await clientsIn(vault)).toEqual([]);
	});

	it('of whom one is here already', async () => {
		const vault = await openTestVault();
		await taken(vault, 'Client,Email\nAnn Lee,lee@example.com\n');
		const { counts } = await taken(vault, 'Client,Email\nAnn & Bob Lee,lee@example.com\n', {
			defaults: { splitsCouples: true },
		});
		expect(counts).toMatchObject({ rows: 1, updated: 1, unchanged: 0 });
		expect((await clientsIn(vault)).map(({ firstName }) => firstName)).toEqual(['Ann', 'Bob']);
	});
});

describe('guardians and emergency contacts', () => {
	it('become contacts with what they are to the client', async () => {
		const vault = await openTestVault();
		const csv =
			'First Name,Last Name,Email,Birth Date,Guardian Name,Emergency Contact Name,Emergency Contact Phone,Emergency Contact Email\n' +
			'Lucia,Ortiz,,2018-01-01,Sam Ortiz,Sam Ortiz,503.555.0104,sam@example.com\n' +
			'Maya,Okafor,maya@example.com,1989-08-05,,Ada Okafor,5035550105,\n';
		await taken(vault, csv);
		expect(await contactsIn(vault)).toMatchObject([
			{
				name: 'Sam Ortiz',
				relationship: 'guardian',
				phone: '(503) 555-0104',
				emailAddress: 'sam@example.com',
			},
			{ name: 'Ada Okafor', relationship: 'emergency', phone: '(503) 555-0105' },
		]);
		expect((await taken(vault, csv)).counts).toMatchObject({ unchanged: 2, updated: 0 });
	});

	it('an emergency contact never makes somebody a guardian', async () => {
		const vault = await openTestVault();
		await taken(
			vault,
			'Client,DOB,Emergency Contact Name,Emergency Contact Email\nMia Reyes,2018-01-01,Jo Reyes,jo@example.com\n',
		);
		expect(await contactsIn(vault)).toMatchObject([{ relationship: 'emergency' }]);
		expect(await clientsIn(vault)).toMatchObject([{ emailAddress: '' }]);
	});
});
