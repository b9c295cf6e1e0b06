import type { Client } from '$lib/domain/client.ts';
import type { ImportCounts } from '$lib/domain/import.ts';
import { importFile, type Imported, type ImportOptions } from '$lib/imports/import-file.ts';
import { inspectFile } from '$lib/imports/inspect-file.ts';
import type { MappingChoices } from '$lib/imports/mapping.ts';
import { undoImport } from '$lib/imports/undo-import.ts';
import type { Vault } from '$lib/vault/types.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixtureFile, textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { makePracticeFile } from '../support/practice-file.ts';
import { fromSeed } from '../support/seed.ts';

async function take(
	vault: Vault,
	file: File,
	choices: MappingChoices = {},
	options: ImportOptions = {},
) {
	const inspected = await inspectFile(file, choices);
	if (inspected.kind === 'refused') throw new Error(inspected.problem.message);
	return importFile(vault, file, inspected.inspection.mapping, options);
}

async function taken(vault: Vault, file: File, choices: MappingChoices = {}): Promise<Imported> {
	const result = await take(vault, file, choices);
	if (result.kind !== 'imported') throw new Error(JSON.stringify(result));
	return result;
}

const clientsIn = async (vault: Vault) => (await vault.load('clients')).rows('clients');
const contactsIn = async (vault: Vault) => (await vault.load('contacts')).rows('contacts');
const sumOf = (counts: ImportCounts) =>
	counts.created + counts.updated + counts.unchanged + counts.skipped + counts.rejected;

async function edit(vault: Vault, change: (client: Client) => Client) {
	await vault.commit(
		(now) => ({ put: { clients: now.rows('clients').map(change) } }),
		{ what: 'edit', count: 1 },
		{ needs: ['clients'] },
	);
}

describe('a whole practice', () => {
	it.each(['simplepractice', 'jane', 'therapyappointment', 'google'] as const)(
		'%s goes in, and the same file again changes nothing',
		async (shape) => {
			const vault = await openTestVault();
			const file = textFile(makePracticeFile({ rows: 1_500, shape, seed: 7 }));
			const first = await taken(vault, file);
			expect(first.counts.rows).toBe(1_500);
			expect(sumOf(first.counts)).toBe(1_500);
			expect(first.counts.rejected + first.counts.updated + first.counts.unchanged).toBe(0);
			const clients = await clientsIn(vault);
			expect(clients.length).toBe(first.counts.created);
			const again = await taken(vault, file);
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
		await taken(
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
		await taken(
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
		const { counts, rejectedRows } = await taken(await openTestVault(), fixtureFile(name));
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
				const first = await taken(vault, textFile(text));
				expect(sumOf(first.counts)).toBe(first.counts.rows);
				const again = await taken(vault, textFile(text));
				expect(again.counts).toMatchObject({ rows: first.counts.rows, created: 0, updated: 0 });
				vault.close();
			}),
			fromSeed(40),
		);
	});

	it('a cell of a megabyte rejects its row and nothing else', async () => {
		const vault = await openTestVault();
		const text = `Client,Notes,Email\nMaya Okafor,"${'x\n'.repeat(500_000)}",maya@example.com\nNoah Reyes,,noah@example.com\n`;
		const { counts, problems } = await taken(vault, textFile(text));
		expect(counts).toMatchObject({ rows: 2, created: 1, rejected: 1 });
		expect(problems[0]).toMatchObject({ line: 2, column: 'Notes', severity: 'error' });
		expect(problems[0]?.value.length).toBeLessThanOrEqual(200);
	});
});

describe('people are told apart', () => {
	const vaultWith = async (text: string) => {
		const vault = await openTestVault();
		await taken(vault, textFile(text));
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
		const second = await taken(vault, textFile('ID,Client,Email\n1,Noah Reyes,noah@example.com\n'));
		expect(second.counts).toMatchObject({ created: 1, updated: 0 });
	});

	it('an id finds a client whose name changed', async () => {
		const vault = await vaultWith('ID,Client,Email\n7,Maya Okafor,maya@example.com\n');
		const second = await taken(vault, textFile('ID,Client,Email\n7,Maya Silva,maya@example.com\n'));
		expect(second.counts).toMatchObject({ created: 0, updated: 1 });
		expect(await clientsIn(vault)).toMatchObject([{ lastName: 'Silva' }]);
	});

	it('a blank never blanks a field, and consent is never taken back', async () => {
		const vault = await vaultWith(
			'Client,Email,Phone,DOB,Status\nMaya Okafor,maya@example.com,503 555 0101,1989-08-05,Inactive\n',
		);
		const marks = { isDoNotEmail: true, hasBounced: true, isDeceased: true, hasJoinedPortal: true };
		await edit(vault, (client) => ({ ...client, ...marks }));
		const again = await taken(
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

describe('an import that does not end well changes nothing', () => {
	const file = () => textFile(makePracticeFile({ rows: 20_000, seed: 3 }));

	it('cancelled on the way', async () => {
		const vault = await openTestVault();
		const stop = new AbortController();
		const result = await take(
			vault,
			file(),
			{},
			{ signal: stop.signal, onProgress: () => stop.abort() },
		);
		expect(result).toEqual({ kind: 'cancelled' });
		expect(await clientsIn(vault)).toEqual([]);
		expect((await vault.load('imports')).rows('imports')).toEqual([]);
	});

	it('the file vanishes in mid-read', async () => {
		const vault = await openTestVault();
		const whole = file();
		const inspected = await inspectFile(whole);
		if (inspected.kind === 'refused') throw new Error();
		const vanishing = {
			name: whole.name,
			size: whole.size,
			slice: (from: number, to: number) =>
				from > 1_500_000
					? { arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }
					: whole.slice(from, to),
		} as unknown as File;
		const result = await importFile(vault, vanishing, inspected.inspection.mapping);
		expect(result).toMatchObject({ kind: 'refused', problem: { kind: 'file-gone' } });
		expect(await clientsIn(vault)).toEqual([]);
	});

	it('clients that change meanwhile are compared anew', async () => {
		const vault = await openTestVault();
		const csv = textFile(
			'Client,Email\nMaya Okafor,maya@example.com\nNoah Reyes,noah@example.com\n',
		);
		let isFirst = true;
		const other = textFile('Client,Email\nMaya Okafor,maya@example.com\n');
		const meddling = {
			...{ name: csv.name, size: csv.size },
			slice: (from: number, to: number) => ({
				arrayBuffer: async () => {
					if (isFirst) {
						isFirst = false;
						await taken(vault, other);
					}
					return csv.slice(from, to).arrayBuffer();
				},
			}),
		} as unknown as File;
		const inspected = await inspectFile(csv);
		if (inspected.kind === 'refused') throw new Error();
		const result = await importFile(vault, meddling, inspected.inspection.mapping);
		expect(result).toMatchObject({ counts: { rows: 2, created: 1, unchanged: 1 } });
		expect((await clientsIn(vault)).length).toBe(2);
	});

	it('a stray byte deep in a file has it read again as windows-1252, and says so', async () => {
		const vault = await openTestVault();
		const start = Buffer.from(
			makePracticeFile({ rows: 9_000, isPlain: true, shape: 'therapyappointment' }).replace(
				/[^\n -~]/g,
				'',
			),
		);
		const end = Buffer.from(
			'9,ACTIVE,D\x92Arcy,Zo\xeb,,1990-01-02,,zoe@example.com,,,,,,,\n',
			'latin1',
		);
		expect(start.length).toBeGreaterThan(1 << 20);
		const result = await taken(vault, textFile(Buffer.concat([start, end])));
		expect(result.counts).toMatchObject({ rows: 9_001, rejected: 0 });
		expect(result.problems[0]?.reason).toMatch(/windows-1252/);
		const zoe = (await clientsIn(vault)).at(-1);
		expect(zoe?.firstName).toBe('Zoë');
		expect(JSON.stringify(zoe)).not.toContain('\ufffd');
	});
});

describe('Undo import', () => {
	const csv =
		'Client,Email,Phone,Contact name,Contact email\nMaya Okafor,maya@example.com,1,Ada Okafor,ada@example.com\nNoah Reyes,noah@example.com,2,,\nAmara Silva,amara@example.com,3,Cy Silva,cy@example.com\n';

	it('takes everything back and remembers that it did', async () => {
		const vault = await openTestVault();
		const { importId } = await taken(vault, textFile(csv));
		expect(await undoImport(vault, importId)).toEqual({ undone: 5, kept: 0 });
		expect(await clientsIn(vault)).toEqual([]);
		expect(await contactsIn(vault)).toEqual([]);
		const [row] = (await vault.load('imports')).rows('imports');
		expect(row?.undoneAt).toBeGreaterThan(0);
		expect(await undoImport(vault, importId)).toEqual({ undone: 0, kept: 0 });
	});

	it('keeps who was invited or edited since, and who was there before', async () => {
		const vault = await openTestVault();
		await taken(vault, textFile('Client,Email,Phone\nNoah Reyes,noah@example.com,0\n'));
		const { importId, counts } = await taken(vault, textFile(csv));
		expect(counts).toMatchObject({ created: 2, updated: 1 });
		const amara = (await clientsIn(vault)).find((client) => client.firstName === 'Amara');
		await vault.commit(
			() => ({
				put: {
					invitations: [
						{
							id: 'i',
							clientId: amara?.id ?? '',
							emailAddress: '',
							round: 1,
							messageId: '',
							code: 'c',
							invitedAt: 1,
							expiresAt: 2,
						},
					],
				},
			}),
			{ what: 'invite', count: 1 },
			{ needs: ['invitations'] },
		);
		await edit(vault, (client) =>
			client.firstName === 'Maya' ? { ...client, phone: '99' } : client,
		);
		const undone = await undoImport(vault, importId);
		expect(await clientsIn(vault)).toMatchObject([
			{ firstName: 'Noah', phone: '0' },
			{ firstName: 'Maya', phone: '99' },
			{ firstName: 'Amara' },
		]);
		// Whoever stays keeps her contacts.
		expect((await contactsIn(vault)).map((contact) => contact.name).sort()).toEqual([
			'Ada Okafor',
			'Cy Silva',
		]);
		expect(undone).toEqual({ undone: 1, kept: 4 });
	});
});
