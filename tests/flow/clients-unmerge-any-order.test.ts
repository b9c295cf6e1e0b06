import { deleteClients, editClients, undoChange } from '$lib/clients/change-clients.ts';
import { mergeClients, unmergeClients } from '$lib/clients/merge/merge-clients.ts';
import { presentIds } from '$lib/domain/former-ids.ts';
import { mergeFields } from '$lib/domain/merge.ts';
import { portalPermissions } from '$lib/domain/portal-user.ts';
import type { Vault } from '$lib/vault/types.ts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openTestVault } from '../support/open-test-vault.ts';
import { fromSeed } from '../support/seed.ts';
import { someClient } from '../support/some-client.ts';

const ids = ['a', 'b', 'c', 'd'];
const collections = ['clients', 'contacts', 'portalUsers', 'merges'] as const;

async function practice(): Promise<Vault> {
	const vault = await openTestVault();
	const clients = ids.map((id, at) =>
		someClient(id, {
			emailAddress: `${id}@example.com`,
			phone: at % 2 ? '' : `(503) 555-010${at}`,
			tags: [`tag-${id}`],
			isDoNotEmail: id === 'c',
			addedAt: 10 - at,
			...(at % 2 ? { notes: `note ${id}` } : {}),
		}),
	);
	const contacts = ids.map((clientId) => ({
		id: `contact-${clientId}`,
		clientId,
		name: 'Kim Vale',
		emailAddress: 'kim@example.com',
		phone: '',
		relationship: 'guardian' as const,
		importId: '',
	}));
	const portalUsers = ids.map((id) => ({
		...{ id, clientId: id, contactId: '', name: id, emailAddress: `${id}@example.com` },
		permissions: portalPermissions,
		...{ addedAt: 1, joinedAt: 0, bouncedAt: 0, revokedAt: 0 },
	}));
	await vault.commit(
		() => ({ put: { clients, contacts, portalUsers } }),
		{ what: 'test', count: 1 },
		{ needs: ['clients', 'contacts', 'portalUsers'] },
	);
	return vault;
}

async function rowsOf(vault: Vault) {
	const state = await vault.load(...collections);
	const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
	return Object.fromEntries(collections.map((name) => [name, [...state.rows(name)].sort(byId)]));
}

const id = fc.constantFrom(...ids);
const aMerge = fc.record({
	keptId: id,
	otherId: id,
	fields: fc.uniqueArray(fc.constantFrom(...mergeFields)),
	dropped: fc.uniqueArray(fc.constantFrom('emailAddress' as const, 'phone' as const)),
});

test('merges in any chain, unmerged in any order, leave the same rows', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(aMerge, { maxLength: 5 }),
			fc.infiniteStream(fc.nat()),
			async (merges, dice) => {
				const vault = await practice();
				const before = await rowsOf(vault);
				for (const [at, { keptId, otherId, fields, dropped }] of merges.entries())
					await mergeClients(
						vault,
						{ keptId, otherId, dropped: new Set(dropped) },
						new Set(fields),
						{ id: `m${at}`, now: at },
					);
				for (;;) {
					const state = await vault.load('merges', 'clients');
					const left = state.rows('merges');
					if (left.length === 0) break;
					for (const present of presentIds(state.rows('clients')).values())
						expect(state.get('clients', present)).toBeDefined();
					// One whose kept profile is merged further waits for that one: some other always can.
					const from = (dice.next().value ?? 0) % left.length;
					const inTurn = [...left.slice(from), ...left.slice(0, from)];
					let count = 0;
					for (const { id } of inTurn)
						if (count === 0) count = (await unmergeClients(vault, id)).count;
					expect(count).toBe(2);
				}
				expect(await rowsOf(vault)).toEqual(before);
				vault.close();
			},
		),
		fromSeed(60),
	);
});

test('an edit since the merge stays with the kept profile when an earlier merge is taken back', async () => {
	const vault = await practice();
	const before = await rowsOf(vault);
	const merge = (keptId: string, otherId: string) =>
		mergeClients(vault, { keptId, otherId }, new Set(), { id: keptId + otherId, now: 1 });
	await merge('a', 'b');
	await merge('a', 'c');
	await editClients(vault, ['a'], { professional: 'Dr. Rowan' });
	await unmergeClients(vault, 'ab');
	const state = await vault.load('clients');
	expect(state.get('clients', 'a')).toMatchObject({
		professional: 'Dr. Rowan',
		tags: ['tag-a', 'tag-c'],
		formerIds: ['c'],
		isDoNotEmail: true,
	});
	await unmergeClients(vault, 'ac');
	const after = await rowsOf(vault);
	expect(after.clients).toEqual(
		before.clients?.map((client) =>
			client.id === 'a' ? { ...client, professional: 'Dr. Rowan' } : client,
		),
	);
	vault.close();
});

test('an unmerge that is undone leaves the merge as it was, and it can be unmerged again', async () => {
	const vault = await practice();
	const before = await rowsOf(vault);
	await mergeClients(vault, { keptId: 'a', otherId: 'b' }, new Set(), { id: 'one', now: 1 });
	await mergeClients(vault, { keptId: 'a', otherId: 'c' }, new Set(), { id: 'two', now: 2 });
	const merged = await rowsOf(vault);
	const { entryId, count } = await unmergeClients(vault, 'one');
	await undoChange(vault, entryId, count);
	expect(await rowsOf(vault)).toEqual(merged);
	await unmergeClients(vault, 'one');
	await unmergeClients(vault, 'two');
	expect(await rowsOf(vault)).toEqual(before);
	vault.close();
});

test('nothing is unmerged whose kept profile is gone', async () => {
	const vault = await practice();
	await mergeClients(vault, { keptId: 'a', otherId: 'b' }, new Set(), { id: 'one', now: 1 });
	await deleteClients(vault, ['a'], 9);
	expect((await unmergeClients(vault, 'one')).count).toBe(0);
	vault.close();
});

test('who is deleted does not stay in a merge, and comes back with it', async () => {
	const vault = await practice();
	const before = await rowsOf(vault);
	await mergeClients(vault, { keptId: 'b', otherId: 'c' }, new Set(), { id: 'one', now: 1 });
	await mergeClients(vault, { keptId: 'a', otherId: 'b' }, new Set(), { id: 'two', now: 2 });
	const { entryId, count } = await deleteClients(vault, ['a'], 9);
	expect((await rowsOf(vault)).merges).toEqual([]);
	await undoChange(vault, entryId, count);
	await unmergeClients(vault, 'two');
	await unmergeClients(vault, 'one');
	expect(await rowsOf(vault)).toEqual(before);
	vault.close();
});
