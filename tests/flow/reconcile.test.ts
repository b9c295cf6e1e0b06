import { describe, expect, it } from 'vitest';
import { someClient } from '../support/some-client.ts';
import {
	changesIn,
	clientsIn,
	look,
	maya,
	namesIn,
	noah,
	update,
	vaultWith,
	wordsIn,
} from '../support/reconciling.ts';

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
