import type { Client } from '$lib/domain/client.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixtureFile, textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { makePracticeFile } from '../support/practice-file.ts';
import { fromSeed } from '../support/seed.ts';
import { clientsIn, contactsIn, editAll, sumOf, takeIn } from '../support/taking-in.ts';

describe('a whole practice', () => {
	it.each(['simplepractice', 'jane', 'therapyappointment', 'google'] as const)(
		'%s goes in, and the same file again changes nothing',
		async (shape) => {
			const vault = await openTestVault();
			const file = textFile(makePracticeFile({ rows: 1_500, shape, seed: 7 }));
			const first = await takeIn(vault, file);
			expect(first.counts.rows).toBe(1_500);
			expect(sumOf(first.counts)).toBe(1_500);
			expect(first.counts.rejected + first.counts.updated + first.counts.unchanged).toBe(0);
			const clients = await clientsIn(vault);
			expect(clients.length).toBe(first.counts.created);
			const again = await takeIn(vault, file);
			expect(again.counts).toEqual({
				...first.counts,
				created: 0,
				unchanged: first.counts.created,
			});
			expect(await clientsIn(vault)).toEqual(clients);
			expect((await vault.load('imports')).rows('imports').map((row) => row.entryId)).toEqual([
				first.entryId,
				again.entryId,
			]);
		},
	);

	it('reads consent, standing and the portal login', async () => {
		const vault = await openTestVault();
		await takeIn(
			vault,
			textFile(
				'First Name,Last Name,Email,Do Not Email,Email Status,Deceased At,Discharged At,Active,LOGIN_NAME\n' +
					'A,Plain,a@example.com,false,OK,,,true,\n' +
					'B,Wish,b@example.com,true,,,,true,\n' +
					'C,Bounced,c@example.com,,Bounced,,,,\n' +
					'D,Dead,d@example.com,,,2024-01-01,,,\n' +
					'E,Gone,e@example.com,,,,2024-01-01,,\n' +
					'F,Off,f@example.com,,,,,false,\n' +
					'G,Joined,g@example.com,,,,,,gjoined\n',
			),
		);
		const of = (marks: Partial<Client>) => ({
			isDoNotEmail: false,
			hasBounced: false,
			isDeceased: false,
			hasJoinedPortal: false,
			status: 'active',
			...marks,
		});
		expect(await clientsIn(vault)).toMatchObject([
			of({}),
			of({ isDoNotEmail: true }),
			of({ hasBounced: true }),
			of({ isDeceased: true }),
			of({ status: 'inactive' }),
			of({ status: 'inactive' }),
			of({ hasJoinedPortal: true }),
		]);
	});

	it("ties a minor's contact to the child as guardian", async () => {
		const vault = await openTestVault();
		await takeIn(
			vault,
			textFile(
				'Client,Client type,Email,Contact name,Contact phone,Contact email\nMateo Silva,Minor,,Elena Silva,503 555 0101,elena@example.com\nAnn & Bob Lee,Couple,lee@example.com,Cy Lee,,\n',
			),
		);
		const [child, couple] = await clientsIn(vault);
		expect(child?.kind).toBe('minor');
		expect(couple).toMatchObject({ kind: 'couple', firstName: 'Ann & Bob', lastName: 'Lee' });
		expect(await contactsIn(vault)).toMatchObject([
			{
				clientId: child?.id,
				name: 'Elena Silva',
				emailAddress: 'elena@example.com',
				relationship: 'guardian',
			},
			{ clientId: couple?.id, name: 'Cy Lee', relationship: 'other' },
		]);
	});
});

describe('rows = created + updated + unchanged + skipped + rejected', () => {
	it.each([
		['quoted-newline.csv', { rows: 4, created: 3, skipped: 1, rejected: 0 }],
		['summary-line.csv', { rows: 2, created: 1, skipped: 1, rejected: 0 }],
		['summary-line-in-one-cell.csv', { rows: 2, created: 1, skipped: 1, rejected: 0 }],
		['ragged.csv', { rows: 5, created: 4, skipped: 1, rejected: 0 }],
		['no-header.csv', { rows: 2, created: 2, skipped: 0, rejected: 0 }],
		['junk-after-quote.csv', { rows: 4, created: 3, skipped: 0, rejected: 1 }],
		['unclosed-quote.csv', { rows: 4, created: 3, skipped: 0, rejected: 1 }],
		['rejected-rows.csv', { rows: 3, created: 2, skipped: 0, rejected: 1 }],
		['proto-columns.csv', { rows: 1, created: 1, skipped: 0, rejected: 0 }],
	])('%s', async (name, expected) => {
		const { counts, rejectedRows } = await takeIn(await openTestVault(), fixtureFile(name));
		expect(counts).toMatchObject(expected);
		expect(sumOf(counts)).toBe(counts.rows);
		expect(rejectedRows.length).toBe(counts.rejected);
	});

	it('whatever the rows are', async () => {
		const cell = fc.constantFrom(
			'',
			' ',
			'Maya Okafor',
			'maya@example.com',
			'x',
			'"',
			'"a,b"',
			'"q\nr"',
			'1990-01-01',
			'Inactive',
		);
		const rows = fc.array(
			fc.array(cell, { maxLength: 5 }).map((cells) => cells.join(',')),
			{ maxLength: 15 },
		);
		await fc.assert(
			fc.asyncProperty(rows, fc.boolean(), async (lines, hasEnd) => {
				const vault = await openTestVault();
				const text = `Client,Email,DOB,Status\n${lines.join('\n')}${hasEnd ? '\n' : ''}`;
				const first = await takeIn(vault, textFile(text));
				expect(sumOf(first.counts)).toBe(first.counts.rows);
				const again = await takeIn(vault, textFile(text));
				expect(again.counts).toMatchObject({ rows: first.counts.rows, created: 0, updated: 0 });
				vault.close();
			}),
			fromSeed(40),
		);
	});

	it('a cell of a megabyte rejects its row and nothing else', async () => {
		const vault = await openTestVault();
		const text = `Client,Notes,Email\nMaya Okafor,"${'x\n'.repeat(500_000)}",maya@example.com\nNoah Reyes,,noah@example.com\n`;
		const { counts, problems } = await takeIn(vault, textFile(text));
		expect(counts).toMatchObject({ rows: 2, created: 1, rejected: 1 });
		expect(problems[0]).toMatchObject({ line: 2, column: 'Notes', severity: 'error' });
		expect(problems[0]?.value.length).toBeLessThanOrEqual(200);
	});
});

describe('people are told apart', () => {
	const vaultWith = async (text: string) => {
		const vault = await openTestVault();
		await takeIn(vault, textFile(text));
		return vault;
	};

	it('a family shares an address, father and son even the name', async () => {
		const vault = await vaultWith(
			'Client,Email,DOB\nJohn Reyes,reyes@example.com,1960-01-01\nJohn Reyes,reyes@example.com,1990-01-01\nMia Reyes,reyes@example.com,\nMia  REYES,Reyes@example.com,\n',
		);
		expect((await clientsIn(vault)).length).toBe(3);
	});

	it('two programs that both count from 1 do not overwrite each other', async () => {
		const vault = await vaultWith('ID,Client,Email\n1,Maya Okafor,maya@example.com\n');
		const second = await takeIn(
			vault,
			textFile('ID,Client,Email\n1,Noah Reyes,noah@example.com\n'),
		);
		expect(second.counts).toMatchObject({ created: 1, updated: 0 });
	});

	it('an id finds a client whose name changed', async () => {
		const vault = await vaultWith('ID,Client,Email\n7,Maya Okafor,maya@example.com\n');
		const second = await takeIn(
			vault,
			textFile('ID,Client,Email\n7,Maya Silva,maya@example.com\n'),
		);
		expect(second.counts).toMatchObject({ created: 0, updated: 1 });
		expect(await clientsIn(vault)).toMatchObject([{ lastName: 'Silva' }]);
	});

	it('a blank never blanks a field, and consent is never taken back', async () => {
		const vault = await vaultWith(
			'Client,Email,Phone,DOB,Status\nMaya Okafor,maya@example.com,503 555 0101,1989-08-05,Inactive\n',
		);
		const marks = { isDoNotEmail: true, hasBounced: true, isDeceased: true, hasJoinedPortal: true };
		await editAll(vault, (client) => ({ ...client, ...marks }));
		const again = await takeIn(
			vault,
			textFile(
				'Client,Email,Phone,DOB,Do Not Email,Deceased At\nMaya Okafor,maya@example.com,,,false,\n',
			),
		);
		expect(again.counts).toMatchObject({ unchanged: 1 });
		expect(await clientsIn(vault)).toMatchObject([
			{ ...marks, phone: '(503) 555-0101', dateOfBirth: '1989-08-05', status: 'inactive' },
		]);
	});
});
