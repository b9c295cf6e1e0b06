import type { Client } from '$lib/domain/client.ts';
import { portalCountsInWords } from '$lib/imports/portal-words.ts';
import { reconcileFile } from '$lib/imports/reconcile-file.ts';
import { updatePortalStatus } from '$lib/imports/reconcile.ts';
import { undoImport } from '$lib/imports/undo-import.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { makePracticeFile } from '../support/practice-file.ts';
import { fromSeed } from '../support/seed.ts';
import { someInvitation, someMessage } from '../support/some-client.ts';
import { edit, mappingOf, takeIn } from '../support/taking-in.ts';
import { clientsIn, look, maya, noah, update, vaultWith } from '../support/reconciling.ts';

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
