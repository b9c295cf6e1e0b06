import type { Message } from '$lib/domain/message.ts';
import { undoRestore } from '$lib/backup/restore/restore-backup.ts';
import { openBackup } from '$lib/backup/read-backup.ts';
import { previewRestore, restoreBackup } from '$lib/backup/restore/restore-backup.ts';
import { collectionNames } from '$lib/backup/format/contents.ts';
import type { CollectionName } from '$lib/domain/collections.ts';
import { asTable } from '$lib/domain/table.ts';
import type { Snapshot, Vault } from '$lib/vault/types.ts';
import { beforeEach, expect, test } from 'vitest';
import {
	backUp,
	contentsOf,
	furnishPractice,
	passphrase,
	put,
	quickPorts,
	restore,
} from '../support/backups.ts';
import { aClient } from '../support/clients.ts';
import { openTestVault } from '../support/open-test-vault.ts';

/** More than one chunk of a backup holds. */
const manyClients = Array.from({ length: 600 }, (_, at) => aClient({ id: `many${at}` }));

let vault: Vault;
let file: Blob;

beforeEach(async () => {
	vault = await openTestVault();
	await furnishPractice(vault);
	file = await backUp(vault);
});

const preview = async () =>
	previewRestore(vault, await openBackup(file, passphrase, quickPorts), quickPorts);

/** One client edited, one gone, one new since the backup. */
async function changeSince(): Promise<void> {
	const client = vault.snapshot.get('clients', 'p1');
	if (!client) throw new Error('No client p1');
	await vault.commit(
		() => ({
			put: { clients: [{ ...client, phone: '555 0199' }, aClient({ id: 'new' })] },
			remove: { clients: ['p2'] },
		}),
		{ what: 'change', count: 3 },
		{ needs: ['clients'] },
	);
}

test('the preview counts what is only here, only there, changed and the same', async () => {
	await changeSince();
	const { differences, conflicts, ahead } = await preview();
	expect(differences.clients).toEqual({ onlyHere: 1, onlyThere: 1, changed: 1, same: 25 });
	expect(differences.contacts).toEqual({ onlyHere: 0, onlyThere: 0, changed: 0, same: 1 });
	expect(ahead).toBe('here');
	expect(conflicts).toEqual([]);
});

test('a preview changes nothing', async () => {
	await changeSince();
	const { revision } = vault.snapshot;
	await preview();
	expect(vault.snapshot.revision).toBe(revision);
});

test('replacing everything leaves exactly what the backup holds, in one commit', async () => {
	const before = await contentsOf(vault);
	await changeSince();
	const { revision } = vault.snapshot;
	const restored = await restore(vault, file);
	expect(restored).toMatchObject({ added: 1, removed: 1 });
	const after = await contentsOf(vault);
	expect({ ...after, messages: {} }).toEqual({ ...before, messages: {} });
	expect(vault.snapshot.revision).toBe(revision + 1);
});

test('no message that is not settled leaves by itself afterwards, whichever side it came from', async () => {
	const messages = await vault.load('messages').then((now) => now.rows('messages'));
	const later: Message[] = [{ ...(messages[0] as Message), id: 'later' }];
	await put(vault, { put: { messages: later } });
	await restore(vault, file, { mode: 'merge' });
	const after = vault.snapshot.rows('messages');
	for (const { id, state, heldFor, maybeSentAt } of after)
		if (['m0', 'm1', 'm5', 'later'].includes(id)) {
			expect({ id, state, heldFor }).toEqual({ id, state: 'held', heldFor: 'restored' });
			expect(maybeSentAt).toBeGreaterThan(0);
		} else expect(state).toMatch(/^(sent|failed|unconfirmed|cancelled)$/);
});

test('that a message may have left is not forgotten when an older form of it comes back', async () => {
	const message = (await vault.load('messages')).get('messages', 'm0') as Message;
	await put(vault, { put: { messages: [{ ...message, state: 'sent', maybeSentAt: 77 }] } });
	await restore(vault, file);
	expect(vault.snapshot.get('messages', 'm0')).toMatchObject({ state: 'held', maybeSentAt: 77 });
});

test('a restore can be undone: all is as before, and what waited waits for a person', async () => {
	await changeSince();
	const before = await contentsOf(vault);
	const { entryId, canUndo } = await restore(vault, file);
	expect(canUndo).toBe(true);
	expect(await undoRestore(vault, entryId, 9_000)).toBe(true);
	const after = await contentsOf(vault);
	expect({ ...after, messages: {} }).toEqual({ ...before, messages: {} });
	expect(vault.snapshot.rows('messages').map(({ state }) => state)).not.toContain('queued');
});

test('an undone restore into an empty vault leaves it empty', async () => {
	const empty = await openTestVault();
	const { entryId } = await restore(empty, file);
	await undoRestore(empty, entryId, 9_000);
	const now = await empty.load(...collectionNames);
	expect(now.rows('clients').length + now.rows('messages').length).toBe(0);
});

test('what came with a backup cannot be undone, what was done here still can', async () => {
	await changeSince();
	const mine = await put(vault, { put: { clients: [aClient({ id: 'mine' })] } });
	const empty = await openTestVault();
	const own = await put(empty, { put: { clients: [aClient({ id: 'own' })] } });
	await restore(empty, await backUp(vault), { mode: 'merge' });
	expect(empty.snapshot.get('journal', mine?.entryId ?? '')).toMatchObject({ canUndo: false });
	expect(empty.snapshot.get('journal', own?.entryId ?? '')).toMatchObject({ canUndo: true });
});

test('the device remembers its backup, and that one is in no backup', async () => {
	await changeSince();
	await restore(vault, file);
	const now = await vault.load('settings');
	expect(now.get('settings', 'backup')).toMatchObject({
		madeAt: quickPorts.now(),
		revision: now.revision,
	});
	const empty = await openTestVault();
	const backup = await openBackup(await backUp(vault), passphrase, quickPorts);
	const ids: string[] = [];
	for await (const { collection, rows } of backup.readRows())
		if (collection === 'settings') ids.push(...rows.map(({ id }) => id));
	expect(ids.sort()).toEqual(['practice', 'secrets']);
	empty.close();
});

test('a backup that was damaged changes nothing, however late that shows', async () => {
	await changeSince();
	const before = await contentsOf(vault);
	const bytes = new Uint8Array(await file.arrayBuffer());
	const last = bytes.length - 1;
	bytes[last] = (bytes[last] ?? 0) ^ 1;
	await expect(restore(vault, new Blob([bytes]))).rejects.toMatchObject({ kind: 'damaged' });
	expect(await contentsOf(vault)).toEqual(before);
});

test.each([
	['one client twice', [aClient({ id: 'a' }), aClient({ id: 'a', firstName: 'Bo' })]],
	['one client twice, far apart', [...manyClients, aClient({ id: 'many0' })]],
	['a client whose name is a number', [aClient({ id: 'a', firstName: 7 as never })]],
])('a backup that was made to hold %s changes nothing', async (_, clients) => {
	const before = await contentsOf(vault);
	const load: Vault['load'] = async (...names) => {
		const now = await vault.load(...names);
		const table = (name: CollectionName) =>
			name === 'clients' ? asTable(clients) : now.table(name);
		return { ...now, revision: now.revision, table } as Snapshot;
	};
	const made = await backUp({ load } as Vault);
	await expect(restore(vault, made)).rejects.toMatchObject({ kind: 'damaged' });
	expect(await contentsOf(vault)).toEqual(before);
});

test('a restore that is stopped changes nothing', async () => {
	const before = await contentsOf(vault);
	const stop = new AbortController();
	const backup = await openBackup(file, passphrase, quickPorts);
	const restoring = restoreBackup(vault, backup, quickPorts, {
		...{ mode: 'replace', choose: () => 'here', signal: stop.signal },
		onProgress: () => stop.abort(),
	});
	await expect(restoring).rejects.toMatchObject({ name: 'AbortError' });
	expect(await contentsOf(vault)).toEqual(before);
});

test('a client added elsewhere while the backup is read does not survive a replacement unseen', async () => {
	let isDone = false;
	const backup = await openBackup(file, passphrase, quickPorts);
	let adding: Promise<unknown> | undefined;
	const result = await restoreBackup(vault, backup, quickPorts, {
		...{ mode: 'replace', choose: () => 'here' },
		onProgress: (done, all) => {
			if (isDone || done < all) return;
			isDone = true;
			adding = put(vault, { put: { clients: [aClient({ id: 'meanwhile' })] } });
		},
	});
	await adding;
	expect(result.kind).toBe('restored');
	expect(vault.snapshot.get('clients', 'meanwhile')).toBeUndefined();
});

test('a message that left while the backup is read comes back as one that may have left', async () => {
	const sent = (await vault.load('messages')).get('messages', 'm0') as Message;
	let settling: Promise<unknown> | undefined;
	const backup = await openBackup(file, passphrase, quickPorts);
	await restoreBackup(vault, backup, quickPorts, {
		...{ mode: 'merge', choose: () => 'here' },
		onProgress: (done, all) => {
			if (done === all && !settling)
				settling = put(vault, {
					put: { messages: [{ ...sent, state: 'sent', settledAt: 5, maybeSentAt: 4 }] },
				});
		},
	});
	await settling;
	expect(vault.snapshot.get('messages', 'm0')).toMatchObject({ state: 'sent', maybeSentAt: 4 });
});
