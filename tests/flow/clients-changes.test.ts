import { mergeFields } from '$lib/domain/merge.ts';
import { reportWithin } from '$lib/domain/report-scope.ts';
import { buildReport } from '$lib/domain/report.ts';
import { deleteClients, editClients, undoChange } from '$lib/clients/change-clients.ts';
import { convertBack, convertToContacts } from '$lib/clients/convert-clients.ts';
import { mergeClients, unmergeClients } from '$lib/clients/merge/merge-clients.ts';
import type { Vault } from '$lib/vault/types.ts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openTestVault } from '../support/open-test-vault.ts';
import { fromSeed } from '../support/seed.ts';
import { someClient, someInvitation, someMessage } from '../support/some-client.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];
const collections = ['clients', 'contacts', 'portalUsers', 'merges', 'messages'] as const;

async function practice(): Promise<Vault> {
	const vault = await openTestVault();
	const clients = ids.map((id) => someClient(id, id === 'c' ? { tags: ['evening'] } : {}));
	const contacts = ['a', 'b'].map((clientId) => ({
		id: `contact-${clientId}`,
		clientId,
		name: 'Kim Vale',
		emailAddress: 'kim@example.com',
		phone: '',
		relationship: 'guardian' as const,
		importId: '',
	}));
	const invitations = ['a', 'b'].map((clientId) => someInvitation(clientId, { clientId }));
	const messages = [
		someMessage('a', { clientId: 'a', state: 'sent', settledAt: 5 }),
		someMessage('b', { clientId: 'b', state: 'queued' }),
	];
	await vault.commit(
		() => ({ put: { clients, contacts, invitations, messages } }),
		{ what: 'test', count: 1 },
		{ needs: ['clients', 'contacts', 'invitations', 'messages'] },
	);
	return vault;
}

async function rowsOf(vault: Vault, names: readonly (typeof collections)[number][] = collections) {
	const state = await vault.load(...names);
	const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
	return Object.fromEntries(names.map((name) => [name, [...state.rows(name)].sort(byId)]));
}

const sum = (counts: Readonly<Record<string, number>>) =>
	Object.values(counts).reduce((total, count) => total + count, 0);

let made = 0;
const newId = () => `new-${++made}`;
const id = fc.constantFrom(...ids);
const steps = fc.oneof(
	fc.tuple(fc.uniqueArray(id, { minLength: 1 }), fc.constantFrom('', 'Dr. Rowan')).map(
		([some, professional]) =>
			(vault: Vault) =>
				editClients(vault, some, { professional }),
	),
	fc.tuple(fc.uniqueArray(id), fc.boolean()).map(
		([some, isDoNotEmail]) =>
			(vault: Vault) =>
				editClients(vault, some, { isDoNotEmail, addTags: ['evening'] }),
	),
	fc.tuple(fc.uniqueArray(id), fc.constantFrom('', 'es')).map(
		([some, language]) =>
			(vault: Vault) =>
				editClients(vault, some, { language, status: 'archived', removeTags: ['evening'] }),
	),
	fc.tuple(fc.uniqueArray(id, { maxLength: 3 }), id, fc.boolean()).map(
		([some, toClientId, isCallingBack]) =>
			(vault: Vault) =>
				convertToContacts(
					vault,
					some,
					{ toClientId, relationship: 'guardian', isCallingBack },
					{ newId, now: 9 },
				),
	),
	fc.nat(3).map((at) => async (vault: Vault) => {
		const cards = (await vault.load('contacts')).rows('contacts').filter((card) => card.profile);
		return convertBack(vault, cards[at % Math.max(cards.length, 1)]?.id ?? '');
	}),
	fc.tuple(id, id, fc.uniqueArray(fc.constantFrom(...mergeFields))).map(
		([keptId, otherId, fields]) =>
			(vault: Vault) =>
				mergeClients(vault, { keptId, otherId }, new Set(fields), { id: newId(), now: 9 }),
	),
	fc
		.uniqueArray(id, { maxLength: 2 })
		.map((some) => (vault: Vault) => deleteClients(vault, some, 9)),
);

/** Takes back the last change that still stands. */
const undoLast = fc.constant('undo' as const);

test('any sequence of bulk edits, conversions both ways, merges, deletions and undos, all undone, leaves the same rows', async () => {
	const sequences = fc.array(fc.oneof({ weight: 4, arbitrary: steps }, undoLast), { maxLength: 8 });
	await fc.assert(
		fc.asyncProperty(sequences, async (sequence) => {
			const vault = await practice();
			const names = ['clients', 'contacts', 'portalUsers', 'merges'] as const;
			const before = await rowsOf(vault, names);
			const entries: string[] = [];
			for (const step of sequence) {
				if (step === 'undo') {
					const last = entries.pop();
					if (last) expect((await undoChange(vault, last, 1)).kept).toBe(0);
				} else {
					const { entryId, count } = await step(vault);
					if (count > 0) entries.push(entryId);
				}
				const state = await vault.load('clients', 'contacts', 'invitations', 'messages');
				const clients = state.rows('clients');
				const report = buildReport({
					clients,
					contacts: state.rows('contacts'),
					invitations: state.rows('invitations'),
					messages: state.rows('messages'),
					now: 10,
				});
				expect(sum(report.counts)).toBe(clients.length);
				const chosen = ['a', 'c', 'd'];
				expect(sum(reportWithin(report, chosen).counts)).toBe(
					clients.filter((client) => chosen.includes(client.id)).length,
				);
			}
			for (const entryId of entries.reverse()) await undoChange(vault, entryId, 1);
			expect(await rowsOf(vault, names)).toEqual(before);
			vault.close();
		}),
		fromSeed(60),
	);
});

test('who becomes a contact keeps the whole profile, and comes back with it', async () => {
	const vault = await practice();
	const before = await rowsOf(vault);
	const conversion = { toClientId: 'a', relationship: 'partner', isCallingBack: false } as const;
	await convertToContacts(vault, ['b', 'a'], conversion, { newId: () => 'card', now: 9 });
	const state = await vault.load('clients', 'contacts', 'messages');
	expect(state.rows('clients').map((client) => client.id)).toEqual(['a', 'c', 'd', 'e']);
	expect(state.get('contacts', 'card')).toMatchObject({ clientId: 'a', relationship: 'partner' });
	expect(state.get('messages', 'm-b')?.state).toBe('queued');
	await convertBack(vault, 'card');
	expect(await rowsOf(vault)).toEqual(before);
	vault.close();
});

test('a conversion calls back what has not left, where the person wants that', async () => {
	const vault = await practice();
	const conversion = { toClientId: 'a', relationship: 'partner', isCallingBack: true } as const;
	const { entryId } = await convertToContacts(vault, ['b'], conversion, { newId, now: 9 });
	const message = async () => (await vault.load('messages')).get('messages', 'm-b')?.state;
	expect(await message()).toBe('cancelled');
	await undoChange(vault, entryId, 1);
	expect(await message()).toBe('cancelled');
	vault.close();
});

test('nobody becomes a contact of somebody who is gone', async () => {
	const vault = await practice();
	await deleteClients(vault, ['e'], 9);
	const conversion = { toClientId: 'e', relationship: 'other', isCallingBack: false } as const;
	expect((await convertToContacts(vault, ['b'], conversion, { newId, now: 9 })).count).toBe(0);
	vault.close();
});

test('deleting a client calls back what has not left and keeps what was sent', async () => {
	const vault = await practice();
	expect((await deleteClients(vault, ['a', 'b', 'gone'], 9)).count).toBe(2);
	const state = await vault.load('clients', 'contacts', 'messages', 'invitations');
	expect(state.rows('contacts')).toEqual([]);
	expect(state.rows('messages').map((message) => message.state)).toEqual(['sent', 'cancelled']);
	expect(state.rows('invitations')).toHaveLength(2);
	vault.close();
});

test('merged profiles part again with their contacts, and an edit since stays', async () => {
	const vault = await practice();
	const before = await rowsOf(vault, ['contacts', 'merges']);
	await mergeClients(vault, { keptId: 'a', otherId: 'b' }, new Set(), { id: 'merge', now: 9 });
	expect((await rowsOf(vault)).clients).toHaveLength(4);
	expect((await vault.load('contacts')).get('contacts', 'contact-b')?.clientId).toBe('a');
	await editClients(vault, ['a'], { professional: 'Dr. Rowan' });
	await unmergeClients(vault, 'merge');
	const state = await vault.load('clients');
	expect(state.get('clients', 'a')).toEqual(someClient('a', { professional: 'Dr. Rowan' }));
	expect(state.get('clients', 'b')).toEqual(someClient('b'));
	expect(await rowsOf(vault, ['contacts', 'merges'])).toEqual(before);
	vault.close();
});

test('a profile that was merged further parts only after the later merge', async () => {
	const vault = await practice();
	await mergeClients(vault, { keptId: 'b', otherId: 'c' }, new Set(), { id: 'first', now: 9 });
	await mergeClients(vault, { keptId: 'a', otherId: 'b' }, new Set(), { id: 'second', now: 9 });
	expect((await unmergeClients(vault, 'first')).count).toBe(0);
	await unmergeClients(vault, 'second');
	expect((await unmergeClients(vault, 'first')).count).toBe(2);
	expect((await rowsOf(vault, ['clients'])).clients).toEqual(
		ids.map((one) => someClient(one, one === 'c' ? { tags: ['evening'] } : {})),
	);
	vault.close();
});
