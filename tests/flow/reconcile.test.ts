import type { Client } from '$lib/domain/client.ts';
import type { PortalCounts } from '$lib/domain/import.ts';
import type { MappingChoices } from '$lib/imports/mapping.ts';
import { marksInWords, portalCountsInWords } from '$lib/imports/portal-words.ts';
import {
	reconcileFile,
	type PlannedUpdate,
	type ReconcileOptions,
} from '$lib/imports/reconcile-file.ts';
import { RowColumnsReader, type RowColumns } from '$lib/imports/reconcile-lists.ts';
import type { Reconciled } from '$lib/imports/reconcile-rows.ts';
import { updatePortalStatus } from '$lib/imports/reconcile.ts';
import { undoImport } from '$lib/imports/undo-import.ts';
import type { Vault } from '$lib/vault/types.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { makePracticeFile } from '../support/practice-file.ts';
import { fromSeed } from '../support/seed.ts';
import { someClient, someInvitation, someMessage } from '../support/some-client.ts';
import { edit, mappingOf, takeIn } from '../support/taking-in.ts';

const maya = (about: Partial<Client> = {}) =>
	someClient('maya', { firstName: 'Maya', lastName: 'Okafor', externalId: '7', ...about });
const noah = (about: Partial<Client> = {}) =>
	someClient('noah', {
		firstName: 'Noah',
		lastName: 'Reyes',
		emailAddress: 'noah@example.com',
		dateOfBirth: '1990-02-01',
		...about,
	});

async function vaultWith(...clients: Client[]): Promise<Vault> {
	const vault = await openTestVault();
	await vault.commit(
		() => ({ put: { clients } }),
		{ what: 'client added', count: clients.length },
		{ needs: ['clients'] },
	);
	return vault;
}

const clientsIn = async (vault: Vault) => (await vault.load('clients')).rows('clients');
const sumOf = ({ rows: _, ...kinds }: PortalCounts) =>
	Object.values(kinds).reduce((sum, count) => sum + count, 0);
const namesIn = (columns: RowColumns) => {
	const reader = new RowColumnsReader(columns);
	return Array.from({ length: columns.count }, (_, at) => reader.row(at).name);
};
const wordsIn = (columns: RowColumns) => {
	const reader = new RowColumnsReader(columns);
	return Array.from({ length: columns.count }, (_, at) => reader.row(at).words);
};
const changesIn = ({ changes, marks }: Reconciled) =>
	Object.fromEntries(namesIn(changes).map((name, at) => [name, marksInWords(marks[at] ?? 0)]));

async function look(
	vault: Vault,
	text: string,
	choices: MappingChoices = {},
	options: ReconcileOptions = {},
) {
	const file = textFile(text, 'portal.csv');
	let planned: PlannedUpdate | undefined;
	const result = await reconcileFile(vault, file, await mappingOf(file, choices), {
		...options,
		planned: (update) => (planned = update),
	});
	if (result.kind !== 'reconciled' || !planned) throw new Error(JSON.stringify(result));
	expect(sumOf(result.counts)).toBe(result.counts.rows);
	return { result, planned };
}

async function update(vault: Vault, text: string, leftOut: readonly number[] = []) {
	const { planned } = await look(vault, text);
	const updated = await updatePortalStatus(vault, planned, new Set(leftOut));
	if (updated.kind === 'updated') expect(sumOf(updated.counts)).toBe(updated.counts.rows);
	return updated;
}

describe('what a file says of the portal', () => {
	it('is looked at without changing anything', async () => {
		const vault = await vaultWith(maya(), noah());
		const { revision } = vault.snapshot;
		const { result } = await look(
			vault,
			'Client,Email,Portal status\nMaya Okafor,maya@example.com,Joined\n',
		);
		expect(changesIn(result)).toEqual({ 'Maya Okafor': 'has joined the portal' });
		expect((await vault.load('clients')).revision).toBe(revision);
	});

	it.each([
		['Login', 'maya.okafor', true],
		['LOGIN_NAME', 'mokafor', true],
		['Portal Access', 'Yes', true],
		['Last Login', '2026-03-04', true],
		['Portal status', 'Active', true],
		['Portal status', 'Invited', false],
		['Portal status', 'Pending', false],
		['Portal status', 'Not invited', false],
		['Portal Access', 'No', false],
		['Last Login', 'Never', false],
		['Login', 'n/a', false],
		['Login', '', false],
	])('%s: %s means joined: %s', async (column, cell, hasJoined) => {
		const { result } = await look(
			await vaultWith(maya()),
			`Client,Email,${column}\nMaya Okafor,maya@example.com,${cell}\nNobody Else,else@example.com,x\n`,
		);
		expect(result.changes.count).toBe(hasJoined ? 1 : 0);
	});

	it('marks with the file as the source', async () => {
		const vault = await vaultWith(maya());
		await update(vault, 'Client,Email,Login\nMaya Okafor,maya@example.com,mokafor\n');
		const [client] = await clientsIn(vault);
		const [row] = (await vault.load('imports')).rows('imports');
		expect(row).toMatchObject({ kind: 'portal-status', fileName: 'portal.csv' });
		expect(client).toEqual({
			...maya(),
			hasJoinedPortal: true,
			joinedSource: { column: 'Login', toldAt: row?.importedAt },
		});
	});

	it('goes only in the careful direction, and touches nothing else', async () => {
		const careful = {
			hasJoinedPortal: true,
			isDoNotEmail: true,
			hasBounced: true,
			status: 'archived',
		} as const;
		const vault = await vaultWith(maya(careful), noah());
		const { result } = await look(
			vault,
			'Client,Email,Phone,Preferred Name,Login,Do Not Email,Email Status,Status\n' +
				'Maya Okafor,maya@example.com,503 555 0199,Mimi,,false,OK,Active\n' +
				'Noah Reyes,noah@example.com,503 555 0198,No,nreyes,true,Bounced,Archived\n',
		);
		expect(changesIn(result)).toEqual({
			'Noah Reyes': 'has joined the portal, mail came back, do not email, archived',
		});
		expect(namesIn(result.withoutLogin)).toEqual(['Maya Okafor']);
		await update(
			vault,
			'Client,Email,Phone,Login,Do Not Email,Email Status,Status\nNoah Reyes,noah@example.com,503 555 0198,nreyes,true,Bounced,Archived\n',
		);
		expect(await clientsIn(vault)).toMatchObject([
			maya(careful),
			noah({ ...careful, joinedSource: { column: 'Login' } as never }),
		]);
	});

	it('does not make a client inactive or active', async () => {
		const { result } = await look(
			await vaultWith(maya(), noah({ status: 'inactive' })),
			'Client,Email,Status\nMaya Okafor,maya@example.com,Inactive\nNoah Reyes,noah@example.com,Active\n',
		);
		expect(result.counts).toMatchObject({ updated: 0, unchanged: 2 });
	});

	it('says that a client has no login only where the file has a column for it', async () => {
		const { result } = await look(
			await vaultWith(maya({ hasJoinedPortal: true })),
			'Client,Email,Status\nMaya Okafor,maya@example.com,Active\n',
		);
		expect(result.withoutLogin.count).toBe(0);
	});
});

describe('whom a row speaks of', () => {
	const joined = 'has joined the portal';

	it('is found by number, by name and address, or by name and date of birth', async () => {
		const { result } = await look(
			await vaultWith(
				maya(),
				noah(),
				someClient('amara', {
					firstName: 'Amara',
					lastName: 'Silva',
					emailAddress: 'amara@example.com',
				}),
			),
			'ID,Client,Email,DOB,Login\n' +
				'7,Maya Silva,maya@example.com,,yes\n' +
				',Noah Reyes,other@example.com,1990-02-01,yes\n' +
				',AMARA  SILVA,Amara@Example.com,,yes\n',
		);
		expect(changesIn(result)).toEqual({
			'Maya Okafor': joined,
			'Noah Reyes': joined,
			'Amara Silva': joined,
		});
	});

	it('is not guessed when several clients fit', async () => {
		const { result } = await look(
			await vaultWith(
				maya({ externalId: '', dateOfBirth: '' }),
				maya({ id: 'other', externalId: '', dateOfBirth: '', emailAddress: 'maya@example.com' }),
			),
			'Client,Email,Login\nMaya Okafor,maya@example.com,yes\n',
		);
		expect(result.counts).toMatchObject({ updated: 0, unclear: 1 });
		expect(wordsIn(result.unclear)).toEqual(['May be any of 2 clients']);
	});

	it('is not guessed from a name alone, nor against a number or a date of birth', async () => {
		const { result } = await look(
			await vaultWith(maya(), noah()),
			'ID,Client,Email,DOB,Login\n' +
				',Maya Okafor,,,yes\n' +
				'8,Maya Okafor,maya@example.com,,yes\n' +
				',Noah Reyes,noah@example.com,1960-01-01,yes\n',
		);
		expect(result.counts).toMatchObject({ updated: 0, unclear: 3 });
	});

	it('is never somebody else at the same address', async () => {
		const { result } = await look(
			await vaultWith(maya()),
			'Client,Email,Login\nAda Okafor,maya@example.com,yes\n',
		);
		expect(result.counts).toMatchObject({ updated: 0, unknown: 1 });
		expect(namesIn(result.unknown)).toEqual(['Ada Okafor']);
	});

	it('is the only one at an address where the file names nobody, yet in doubt', async () => {
		const family = someClient('cy', { firstName: 'Cy', emailAddress: 'noah@example.com' });
		const { result } = await look(
			await vaultWith(maya(), noah(), family),
			'Email,Login\nmaya@example.com,yes\nnoah@example.com,yes\n',
		);
		expect(changesIn(result)).toEqual({ 'Maya Okafor': joined });
		expect([...result.isSure]).toEqual([0]);
		expect(wordsIn(result.unclear)).toEqual(['May be any of 2 clients']);
	});

	it('is one client however often the file names her, with all that it says', async () => {
		const vault = await vaultWith(maya({ hasJoinedPortal: false }));
		const text =
			'Client,Email,Login,Email Status\n' +
			'Maya Okafor,maya@example.com,,\nMaya Okafor,maya@example.com,yes,\nMaya Okafor,maya@example.com,,Bounced\n';
		const { result } = await look(vault, text);
		expect(changesIn(result)).toEqual({ 'Maya Okafor': 'has joined the portal, mail came back' });
		expect(result.counts).toMatchObject({ rows: 3, updated: 1, unchanged: 1, repeated: 1 });
		expect(result.withoutLogin.count).toBe(0);
	});
});

describe('Update N clients', () => {
	const text =
		'Client,Email,Login\nMaya Okafor,maya@example.com,yes\nNoah Reyes,noah@example.com,yes\nAnn New,ann@example.com,yes\n\n';

	it('makes one commit of what is checked, adds nobody, and its sum adds up', async () => {
		const vault = await vaultWith(maya(), noah());
		const { revision } = vault.snapshot;
		const updated = await update(vault, text, [1]);
		expect(updated).toMatchObject({
			kind: 'updated',
			counts: { rows: 4, updated: 1, leftOut: 1, unknown: 1, unread: 1 },
			waitingMessages: 0,
		});
		expect(vault.snapshot.revision).toBe(revision + 1);
		expect((await clientsIn(vault)).map(({ hasJoinedPortal }) => hasJoinedPortal)).toEqual([
			true,
			false,
		]);
		const [row] = (await vault.load('imports')).rows('imports');
		const { rows, ...kinds } = row?.counts ?? { rows: 0 };
		expect(Object.values(kinds).reduce((sum, count) => sum + count, 0)).toBe(rows);
		if (updated.kind === 'updated')
			expect(portalCountsInWords(updated.counts)).toBe(
				'1 client was updated, 1 was left as it was, 1 row matches nobody here.',
			);
	});

	it('sends nothing, calls nothing back, and says how many messages wait', async () => {
		const vault = await vaultWith(maya(), noah());
		const about = (id: string, state: 'queued' | 'held' | 'sent') =>
			someMessage(id, { clientId: 'maya', state });
		const messages = [about('1', 'queued'), about('2', 'held'), about('3', 'sent')];
		messages.push(someMessage('4', { clientId: 'someone', state: 'queued' }));
		const invitations = [someInvitation('4', { clientId: 'noah' })];
		await vault.commit(
			() => ({ put: { messages, invitations } }),
			{ what: 'invitations queued', count: 4 },
			{ needs: ['messages', 'invitations'] },
		);
		expect(await update(vault, text)).toMatchObject({ waitingMessages: 3 });
		expect((await vault.load('messages')).rows('messages')).toEqual(messages);
	});

	it('does not overwrite what somebody did meanwhile', async () => {
		const vault = await vaultWith(maya(), noah());
		const { planned } = await look(vault, text);
		await edit(vault, 'Maya', { hasJoinedPortal: true, phone: '5' });
		await vault.commit(
			() => ({ remove: { clients: ['noah'] } }),
			{ what: 'client removed', count: 1 },
			{ needs: ['clients'] },
		);
		expect(await updatePortalStatus(vault, planned, new Set())).toEqual({ kind: 'nothing' });
		expect(await clientsIn(vault)).toEqual([maya({ hasJoinedPortal: true, phone: '5' })]);
		expect((await vault.load('imports')).rows('imports')).toEqual([]);
	});

	it('is undone, but for what somebody changed since', async () => {
		const vault = await vaultWith(maya(), noah());
		const updated = await update(
			vault,
			'Client,Email,Login,Email Status\nMaya Okafor,maya@example.com,yes,Bounced\nNoah Reyes,noah@example.com,yes,\n',
		);
		if (updated.kind !== 'updated') throw new Error(updated.kind);
		await edit(vault, 'Maya', { hasBounced: false });
		await undoImport(vault, updated.importId);
		expect(await clientsIn(vault)).toEqual([maya(), noah()]);
		const row = (await vault.load('imports')).get('imports', updated.importId);
		expect(row?.undone).toMatchObject({ removed: 0, back: 1, backInPart: 1, stay: 0 });
	});

	it('lets an import go that it came after, in either order', async () => {
		for (const order of ['import first', 'update first']) {
			const vault = await openTestVault();
			const { importId } = await takeIn(
				vault,
				textFile('Client,Email\nMaya Okafor,maya@example.com\nNoah Reyes,noah@example.com\n'),
			);
			const updated = await update(vault, 'Client,Email,Login\nMaya Okafor,maya@example.com,yes\n');
			if (updated.kind !== 'updated') throw new Error(updated.kind);
			const ids = [importId, updated.importId];
			if (order === 'update first') ids.reverse();
			await undoImport(vault, ids[0] ?? '');
			if (order === 'import first') expect((await clientsIn(vault)).length).toBe(1);
			await undoImport(vault, ids[1] ?? '');
			expect(await clientsIn(vault)).toEqual([]);
		}
	});
});

describe('reading', () => {
	it('cancelled on the way says so and leaves no plan', async () => {
		const vault = await vaultWith(maya());
		const file = textFile(makePracticeFile({ rows: 9_000, shape: 'therapyappointment' }));
		const stop = new AbortController();
		let hasPlan = false;
		const result = await reconcileFile(vault, file, await mappingOf(file), {
			signal: stop.signal,
			onProgress: () => stop.abort(),
			planned: () => (hasPlan = true),
		});
		expect(result).toEqual({ kind: 'cancelled' });
		expect(hasPlan).toBe(false);
	});

	it('a file that vanishes is refused in words', async () => {
		const file = textFile('Client,Email,Login\nMaya Okafor,maya@example.com,yes\n');
		const mapping = await mappingOf(file);
		const gone = {
			...{ name: file.name, size: file.size },
			slice: () => ({
				arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')),
			}),
		} as unknown as File;
		expect(await reconcileFile(await vaultWith(maya()), gone, mapping)).toMatchObject({
			kind: 'refused',
			problem: { kind: 'file-gone' },
		});
	});

	it('a later export of a whole practice finds everybody again and guesses nobody', async () => {
		const vault = await openTestVault();
		const text = makePracticeFile({ rows: 2_000, shape: 'therapyappointment', seed: 5 });
		await takeIn(vault, textFile(text.replace('LOGIN_NAME', 'SHOE_SIZE')));
		const before = await clientsIn(vault);
		expect(before.some(({ hasJoinedPortal }) => hasJoinedPortal)).toBe(false);
		const { result } = await look(vault, text);
		expect(result.counts.unknown).toBe(0);
		expect(result.counts.updated).toBeGreaterThan(100);
		expect(result.counts).toMatchObject({ rows: 2_000 });
	});

	it('whatever the file says, marks are only added and every row counts once', async () => {
		const cell = (...words: string[]) => fc.constantFrom('', ...words);
		const row = fc
			.tuple(
				cell('7', '8'),
				cell('Maya Okafor', 'Noah Reyes', 'Ann New'),
				cell('maya@example.com', 'noah@example.com', 'x'),
				cell('yes', 'no', 'Invited'),
				cell('Archived', 'Active', 'Deceased'),
				cell('Bounced', 'OK'),
				cell('true', 'false'),
			)
			.map((cells) => cells.join(','));
		const start = fc.record({
			hasJoinedPortal: fc.boolean(),
			isDoNotEmail: fc.boolean(),
			hasBounced: fc.boolean(),
			status: fc.constantFrom<Client['status']>('active', 'archived', 'inactive'),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(row, { maxLength: 8 }), start, start, async (rows, one, other) => {
				const vault = await vaultWith(maya(one), noah(other));
				const before = await clientsIn(vault);
				const text = ['ID,Client,Email,Portal Login,Status,Email Status,Do Not Email', ...rows];
				await update(vault, `${text.join('\n')}\n9,Zed Last,zed@example.com,no,Active,OK,no\n`);
				for (const [at, now] of (await clientsIn(vault)).entries()) {
					const then = before[at] as Client;
					const { hasJoinedPortal, isDoNotEmail, hasBounced, isDeceased, status } = now;
					for (const [is, was] of [
						[hasJoinedPortal, then.hasJoinedPortal],
						[isDoNotEmail, then.isDoNotEmail],
						[hasBounced, then.hasBounced],
						[isDeceased, then.isDeceased],
					])
						expect(!was || is).toBe(true);
					expect([then.status, 'archived']).toContain(status);
					const others = { hasJoinedPortal, isDoNotEmail, hasBounced, isDeceased, status };
					const { joinedSource } = now;
					expect(now).toEqual({ ...then, ...others, ...(joinedSource && { joinedSource }) });
				}
				vault.close();
			}),
			fromSeed(60),
		);
	});
});
