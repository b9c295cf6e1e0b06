import { importFile } from '$lib/imports/import-file.ts';
import { undoImport } from '$lib/imports/undo-import.ts';
import { describe, expect, it } from 'vitest';
import { textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { makePracticeFile } from '../support/practice-file.ts';
import { clientsIn, contactsIn, editAll, mappingOf, takeIn } from '../support/taking-in.ts';

describe('an import that does not end well changes nothing', () => {
	const file = () => textFile(makePracticeFile({ rows: 20_000, seed: 3 }));

	it('cancelled on the way', async () => {
		const vault = await openTestVault();
		const stop = new AbortController();
		const whole = file();
		const options = { signal: stop.signal, onProgress: () => stop.abort() };
		const result = await importFile(vault, whole, await mappingOf(whole), options);
		expect(result).toEqual({ kind: 'cancelled' });
		expect(await clientsIn(vault)).toEqual([]);
		expect((await vault.load('imports')).rows('imports')).toEqual([]);
	});

	it('the file vanishes in mid-read', async () => {
		const vault = await openTestVault();
		const whole = file();
		const mapping = await mappingOf(whole);
		const vanishing = {
			name: whole.name,
			size: whole.size,
			slice: (from: number, to: number) =>
				from > 1_500_000
					? { arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }
					: whole.slice(from, to),
		} as unknown as File;
		const result = await importFile(vault, vanishing, mapping);
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
						await takeIn(vault, other);
					}
					return csv.slice(from, to).arrayBuffer();
				},
			}),
		} as unknown as File;
		const mapping = await mappingOf(csv);
		const result = await importFile(vault, meddling, mapping);
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
		const result = await takeIn(vault, textFile(Buffer.concat([start, end])));
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
		const { importId } = await takeIn(vault, textFile(csv));
		expect(await undoImport(vault, importId)).toEqual({ undone: 5, kept: 0 });
		expect(await clientsIn(vault)).toEqual([]);
		expect(await contactsIn(vault)).toEqual([]);
		const [row] = (await vault.load('imports')).rows('imports');
		expect(row?.undoneAt).toBeGreaterThan(0);
		expect(await undoImport(vault, importId)).toEqual({ undone: 0, kept: 0 });
	});

	it('keeps who was invited or edited since, and who was there before', async () => {
		const vault = await openTestVault();
		await takeIn(vault, textFile('Client,Email,Phone\nNoah Reyes,noah@example.com,0\n'));
		const { importId, counts } = await takeIn(vault, textFile(csv));
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
		await editAll(vault, (client) =>
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
