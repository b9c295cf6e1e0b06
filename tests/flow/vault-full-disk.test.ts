import { vaultProblemFrom } from '$lib/vault/problems.ts';
import type { Vault } from '$lib/vault/types.ts';
import { openVault } from '$lib/vault/vault.ts';
import { Dexie } from 'dexie';
import { describe, expect, test } from 'vitest';
import { aClient } from '../support/clients.ts';
import { Device } from '../support/device.ts';
import { strayBlocks } from '../support/raw-database.ts';
import { eventually, openOn, readAfresh } from '../support/vaults.ts';

const needs = ['clients'] as const;
const many = (prefix: string, count: number) =>
	Array.from({ length: count }, (_, i) => aClient({ id: `${prefix}${i}` }));

const deeds: [what: string, deed: (vault: Vault) => Promise<unknown>][] = [
	[
		'a commit',
		(vault) =>
			vault.commit(
				() => ({ put: { clients: many('n', 1100) }, remove: { clients: ['c1'] } }),
				{ what: 'change', count: 1101, canUndo: true },
				{ needs },
			),
	],
	[
		'a strict commit',
		(vault) =>
			vault.commit(
				() => ({ put: { clients: [aClient({ id: 'c0', phone: '1' })] } }),
				{ what: 'change', count: 1 },
				{ needs, isStrict: true },
			),
	],
	[
		'a staged commit',
		async (vault) => {
			const staging = vault.stage();
			await staging.add('clients', many('s', 17 * 1024));
			await staging.commit(() => ({}), { what: 'import', count: 1, canUndo: true }, { needs });
		},
	],
	['an undo', (vault) => vault.undo('first', { what: 'undo', count: 3 })],
];

describe.each(deeds)('a disk that is full in %s', (_, deed) => {
	test.each(['aborts', 'fails-requests', 'hides-reason'] as const)(
		'loses nothing, at whichever write, and room lets it through (it %s)',
		async (fullDisk) => {
			let refusals = 0;
			for (let writes = 0; ; writes++) {
				const device = new Device();
				const { vault, context } = await openOn(device);
				await vault.commit(
					() => ({ put: { clients: many('c', 3) } }),
					{ id: 'first', what: 'first', count: 3, canUndo: true },
					{ needs },
				);
				const before = (await vault.load('clients', 'journal')).rows('clients');
				const { revision } = vault.snapshot;
				Object.assign(context, { fullDisk, writesLeft: writes });
				const outcome = await deed(vault).then(
					() => 'done',
					(error: unknown) => error,
				);
				context.writesLeft = Infinity;
				if (outcome === 'done') break;

				refusals++;
				expect(outcome).toMatchObject({ name: 'VaultProblem', kind: 'storage-full' });
				expect((outcome as Error).message).toContain('no room left');
				expect(vault.snapshot.revision).toBe(revision);
				expect(vault.snapshot.rows('clients')).toBe(before);
				expect(await readAfresh(device, 'clients')).toEqual(before);
				expect((await strayBlocks(device)).missing).toEqual([]);
				// A full disk must not be kept full by what never became visible.
				const { vault: sweeping } = await openOn(device);
				const isSwept = async () => (await strayBlocks(device)).orphans.length === 0;
				expect(await eventually(isSwept)).toBe(true);
				sweeping.close();

				await deed(vault);
				expect(vault.snapshot.revision).toBe(revision + 1);
				expect((await strayBlocks(device)).orphans).toEqual([]);
				vault.close();
			}
			expect(refusals).toBeGreaterThan(1);
		},
	);
});

test('a first start on a full disk says so', async () => {
	const context = new Device().openContext();
	context.writesLeft = 0;
	await expect(openVault('t', context.ports)).rejects.toMatchObject({ kind: 'storage-full' });
});

test('a transaction that aborts at its very end for want of room is a full disk too', () => {
	const full = new DOMException('', 'QuotaExceededError');
	expect(vaultProblemFrom(new Dexie.AbortError(full))).toMatchObject({ kind: 'storage-full' });
});

test.each([
	[
		'UnknownError',
		'Connection is closing because of: IO error: .../http_127.0.0.1_8080.indexeddb.leveldb/000003.log: FILE_ERROR_NO_SPACE (ChromeMethodBFE: 3::WritableFileAppend::8)',
	],
	['DataError', 'Failed to write blobs (IOError)'],
	['UnknownError', 'Encountered full disk while opening backing store for indexedDB.open.'],
	['UnknownError', 'database or disk is full'],
])(
	'what Chromium and WebKit say of a disk without a byte left is a full disk too: %s, %s',
	(name, message) => {
		const full = new DOMException(message, name);
		expect(vaultProblemFrom(full)).toMatchObject({ kind: 'storage-full' });
		expect(vaultProblemFrom(new Dexie.AbortError(full))).toMatchObject({ kind: 'storage-full' });
		const bulk = new Dexie.BulkError('blocks.bulkPut(): 1 of 1 operations failed', [full]);
		expect(vaultProblemFrom(bulk)).toMatchObject({ kind: 'storage-full' });
		expect(vaultProblemFrom(new DOMException('Something else', name))).not.toMatchObject({
			kind: 'storage-full',
		});
	},
);
