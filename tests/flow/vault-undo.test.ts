import type { Client } from '$lib/domain/client.ts';
import type { CollectionName } from '$lib/domain/collections.ts';
import type { Changes, Vault } from '$lib/vault/types.ts';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { aClient } from '../support/clients.ts';
import { Device } from '../support/device.ts';
import { RawDatabase, readManifest, strayBlocks } from '../support/raw-database.ts';
import { fromSeed } from '../support/seed.ts';
import { openOn, readAfresh } from '../support/vaults.ts';

const needs = ['clients', 'contacts'] as const;
const many = (prefix: string, count: number) =>
	Array.from({ length: count }, (_, i) => aClient({ id: `${prefix}${i}` }));
const draft = { what: 'undo', count: 1 };

let device: Device;
let vault: Vault;
beforeEach(async () => {
	device = new Device();
	({ vault } = await openOn(device));
	await vault.load('clients');
	return () => vault.close();
});

const commit = (id: string, changes: Changes) =>
	vault.commit(() => changes, { id, what: 'change', count: 1, canUndo: true }, { needs });
const put = (id: string, ...clients: Client[]) => commit(id, { put: { clients } });
const client = (id: string) => vault.snapshot.get('clients', id);
const pins = async () =>
	Object.values((await readManifest(device)).collections)
		.flat()
		.filter(([, , , pin]) => pin !== '');

function clientWithoutPhone(): Client {
	const client: Partial<Client> = aClient({ id: 'a' });
	delete client.phone;
	return client as Client;
}

describe('undo of a commit', () => {
	test('takes away what it created, brings back what it removed, and sets back what it changed', async () => {
		await put('first', aClient({ id: 'a' }), aClient({ id: 'b' }));
		await commit('second', {
			put: { clients: [aClient({ id: 'a', phone: '1' }), aClient({ id: 'c' })] },
			remove: { clients: ['b'] },
		});
		expect(await vault.undo('second', draft)).toEqual({ undone: 3, kept: 0 });
		expect(client('a')).toEqual(aClient({ id: 'a' }));
		expect(client('b')).toEqual(aClient({ id: 'b' }));
		expect(client('c')).toBeUndefined();
		expect(await readAfresh(device, 'clients')).toEqual(vault.snapshot.rows('clients'));
	});

	test('leaves fields that somebody changed since', async () => {
		await put('first', aClient({ id: 'a' }));
		await put('second', aClient({ id: 'a', phone: '1', firstName: 'Noor' }));
		await put('third', aClient({ id: 'a', phone: '2', firstName: 'Noor', lastName: 'Diaz' }));
		expect(await vault.undo('second', draft)).toEqual({ undone: 1, kept: 0 });
		expect(client('a')).toEqual(aClient({ id: 'a', phone: '2', lastName: 'Diaz' }));
	});

	test('keeps a row whose every field was changed again, one that was edited after it was created, and one that is gone', async () => {
		await put('first', aClient({ id: 'a' }), aClient({ id: 'gone' }));
		await put(
			'second',
			aClient({ id: 'a', phone: '1' }),
			aClient({ id: 'b' }),
			aClient({ id: 'gone', phone: '1' }),
		);
		await commit('third', {
			put: { clients: [aClient({ id: 'a', phone: '2' }), aClient({ id: 'b', phone: '2' })] },
			remove: { clients: ['gone'] },
		});
		expect(await vault.undo('second', draft)).toEqual({ undone: 0, kept: 3 });
		expect(client('a')?.phone).toBe('2');
		expect(client('b')?.phone).toBe('2');
		expect(client('gone')).toBeUndefined();
	});

	test('does not bring back over somebody who was made anew under the same id', async () => {
		await put('first', aClient({ id: 'a', phone: 'old' }));
		await commit('second', { remove: { clients: ['a'] } });
		await put('third', aClient({ id: 'a', phone: 'new' }));
		await vault.undo('second', draft);
		expect(client('a')?.phone).toBe('new');
	});

	test('leaves whom the caller keeps', async () => {
		await put('first', aClient({ id: 'a' }), aClient({ id: 'b' }));
		const receipt = await vault.undo('first', draft, {
			keeps: (_, name, id) => name === 'clients' && id === 'a',
		});
		expect(receipt).toEqual({ undone: 1, kept: 1 });
		expect(vault.snapshot.rows('clients').map(({ id }) => id)).toEqual(['a']);
	});

	test('brings back a field that the commit left out', async () => {
		const withoutPhone = clientWithoutPhone();
		await put('first', aClient({ id: 'a', phone: '1' }));
		await put('second', withoutPhone);
		expect(await vault.undo('second', draft)).toEqual({ undone: 1, kept: 0 });
		expect(client('a')).toEqual(aClient({ id: 'a', phone: '1' }));
	});

	test('takes away a field that the commit added', async () => {
		const withoutPhone = clientWithoutPhone();
		await put('first', withoutPhone);
		await put('second', aClient({ id: 'a', phone: '1' }));
		await vault.undo('second', draft);
		expect(client('a')).toEqual(withoutPhone);
	});

	test('counts a row once, however often the commit put it', async () => {
		await put('first', aClient({ id: 'a' }));
		await put(
			'second',
			aClient({ id: 'a', phone: '1' }),
			aClient({ id: 'a', phone: '2' }),
			aClient({ id: 'b', phone: '1' }),
			aClient({ id: 'b', phone: '2' }),
		);
		expect(await vault.undo('second', draft)).toEqual({ undone: 2, kept: 0 });
		expect(vault.snapshot.rows('clients')).toEqual([aClient({ id: 'a' })]);
	});

	test('twice does nothing more', async () => {
		await put('first', aClient({ id: 'a' }));
		await vault.undo('first', draft);
		await put('again', aClient({ id: 'a' }));
		const { revision } = vault.snapshot;
		expect(await vault.undo('first', draft)).toEqual({ undone: 0, kept: 0 });
		expect(client('a')).toBeDefined();
		expect(vault.snapshot.revision).toBe(revision);
		expect(await new RawDatabase(device).keys('undos')).toEqual(['again']);
	});

	test('of a commit that cannot be undone, or that never was, does nothing', async () => {
		await vault.commit(
			() => ({ put: { clients: [aClient({ id: 'a' })] } }),
			{ id: 'final', what: 'final', count: 1 },
			{ needs },
		);
		expect(await vault.undo('final', draft)).toEqual({ undone: 0, kept: 0 });
		expect(await vault.undo('never', draft)).toEqual({ undone: 0, kept: 0 });
		expect(vault.snapshot.revision).toBe(1);
	});

	test('can be undone itself, and the journal then promises nothing that it cannot keep', async () => {
		await put('first', aClient({ id: 'a' }));
		await vault.undo('first', { id: 'undo', what: 'undo', count: 1, canUndo: true });
		expect(await vault.undo('undo', draft)).toEqual({ undone: 1, kept: 0 });
		expect(client('a')).toEqual(aClient({ id: 'a' }));
		expect((await vault.load('journal')).get('journal', 'first')?.canUndo).toBe(false);
	});
});

describe('undo from two contexts at once', () => {
	test.each([
		['with locks', true],
		['without locks', false],
	])('undoes once, and one of the two says so, %s', async (_, hasLocks) => {
		device = new Device();
		device.hasLocks = hasLocks;
		const one = await openOn(device);
		const two = await openOn(device);
		const staging = one.vault.stage();
		await staging.add('clients', many('s', 1100));
		await staging.commit(
			() => ({ put: { clients: many('c', 3) } }),
			{ id: 'import', what: 'import', count: 1103, canUndo: true },
			{ needs },
		);
		const receipts = await Promise.all([
			one.vault.undo('import', draft),
			two.vault.undo('import', draft),
		]);
		expect(receipts.map(({ undone }) => undone).sort()).toEqual([0, 1103]);
		expect(receipts.map(({ kept }) => kept)).toEqual([0, 0]);
		expect(await readAfresh(device, 'clients')).toEqual([]);
		one.vault.close();
		two.vault.close();
	});

	test('refuses nothing as damaged when the other was faster', async () => {
		await stageImport();
		const { vault: slow, context } = await openOn(device);
		const { subtle } = context.ports.crypto;
		const decrypt = subtle.decrypt.bind(subtle);
		let isReading = false;
		let faster: Promise<unknown> | undefined;
		subtle.decrypt = async (algorithm, key, data) => {
			const place = new TextDecoder().decode((algorithm as AesGcmParams).additionalData);
			const text = await decrypt(algorithm, key, data);
			isReading ||= place.includes('/undo/');
			// The head that it has just read is of yesterday by the time it is opened.
			if (isReading && place.includes('/head/')) await (faster ??= vault.undo('import', draft));
			return text;
		};
		expect(await slow.undo('import', draft)).toEqual({ undone: 0, kept: 0 });
		expect(await faster).toEqual({ undone: 2500, kept: 0 });
		slow.close();
	});
});

async function stageImport(prefix = 's', id = 'import', canUndo = true, count = 2500) {
	const staging = vault.stage();
	await staging.add('clients', many(prefix, count));
	await staging.commit(() => ({}), { id, what: 'import', count, canUndo }, { needs });
	await vault.load('clients');
}

describe('undo of a staged import of 2,500 clients', () => {
	const undoImport = () => vault.undo('import', draft);
	const clean = async () => {
		expect(await strayBlocks(device)).toEqual({ orphans: [], missing: [] });
		expect(await pins()).toEqual([]);
		expect(await readAfresh(device, 'clients')).toEqual(
			(await vault.load('clients')).rows('clients'),
		);
	};

	test('takes them all away and leaves no block', async () => {
		await put('before', aClient({ id: 'mine' }));
		await stageImport();
		expect(await undoImport()).toEqual({ undone: 2500, kept: 0 });
		expect(vault.snapshot.rows('clients').map(({ id }) => id)).toEqual(['mine']);
		await clean();
		const { clients } = (await readManifest(device)).collections;
		expect(clients?.length).toBe(1);
	});

	test('keeps the one that was edited by hand', async () => {
		await stageImport();
		await put('edit', aClient({ id: 's1500', phone: '1' }));
		expect(await undoImport()).toEqual({ undone: 2499, kept: 1 });
		expect(vault.snapshot.rows('clients')).toEqual([aClient({ id: 's1500', phone: '1' })]);
		await clean();
	});

	test('keeps another client who was added into its last block', async () => {
		await stageImport();
		await put('add', aClient({ id: 'mine' }));
		expect(await undoImport()).toEqual({ undone: 2500, kept: 0 });
		expect(vault.snapshot.rows('clients').map(({ id }) => id)).toEqual(['mine']);
		await clean();
	});

	test('knows them even after a whole block of them was removed and brought back', async () => {
		await stageImport();
		const ids = many('s', 2500).map(({ id }) => id);
		await commit('removal', { remove: { clients: ids.slice(2048) } });
		await vault.undo('removal', draft);
		expect(vault.snapshot.rows('clients').length).toBe(2500);
		expect(await undoImport()).toEqual({ undone: 2500, kept: 0 });
		expect(vault.snapshot.rows('clients')).toEqual([]);
		await clean();
	});

	test('lets go of old versions, in whichever context the next edit is made', async () => {
		await stageImport();
		const other = await openOn(device);
		await other.vault.load('clients');
		await vault.undo('import', draft, { keeps: (_, __, id) => id.endsWith('7') });
		await clean();
		await put('edit', aClient({ id: 's7', phone: '1' }));
		await clean();
		await other.vault.commit(
			() => ({ put: { clients: [aClient({ id: 's1027', phone: '1' })] } }),
			{ what: 'edit', count: 1 },
			{ needs },
		);
		other.vault.close();
		await clean();
	});

	test('leaves no old versions behind when it could never be undone', async () => {
		await stageImport('s', 'import', false);
		await put('edit', aClient({ id: 's7', phone: '1' }));
		expect(await undoImport()).toEqual({ undone: 0, kept: 0 });
		await clean();
	});

	test('from a context that never loaded the clients', async () => {
		await stageImport();
		const { vault: other } = await openOn(device);
		expect(await other.undo('import', draft)).toEqual({ undone: 2500, kept: 0 });
		other.close();
		expect(await readAfresh(device, 'clients')).toEqual([]);
	});

	test('says which block is damaged and leaves everybody, when the version to go back from was tampered with', async () => {
		await stageImport();
		await put('edit', aClient({ id: 's1', phone: '1' }));
		const raw = new RawDatabase(device);
		const pinned = (await raw.keys('blocks')).find((key) => /^clients\/(s-.*)\.0\/\1$/.test(key));
		const block = await raw.get('blocks', pinned ?? '');
		if (!block) throw new Error('The pinned version is not there');
		await raw.delete('blocks', block.key);
		await expect(undoImport()).rejects.toMatchObject({ kind: 'damaged-block' });
		expect((await readAfresh(device, 'clients')).length).toBe(2500);
	});
});

describe('a staging', () => {
	const stage = async () => {
		const staging = vault.stage();
		await staging.add('clients', many('s', 1100));
		return staging;
	};
	const finish = (staging: ReturnType<Vault['stage']>) =>
		staging.commit(() => ({}), { what: 'import', count: 1100 }, { needs });

	test('that was committed cannot be abandoned any more', async () => {
		const staging = await stage();
		await finish(staging);
		await staging.abandon();
		expect((await readAfresh(device, 'clients')).length).toBe(1100);
		expect(await strayBlocks(device)).toEqual({ orphans: [], missing: [] });
	});

	test('that was abandoned cannot be committed any more', async () => {
		await put('first', aClient({ id: 'a' }));
		const staging = await stage();
		await staging.abandon();
		await expect(finish(staging)).rejects.toThrow();
		expect((await readAfresh(device, 'clients')).length).toBe(1);
		expect(await strayBlocks(device)).toEqual({ orphans: [], missing: [] });
	});

	test('that was declined leaves nothing', async () => {
		await put('first', aClient({ id: 'a' }));
		const staging = await stage();
		const receipt = await staging.commit(() => undefined, { what: 'import', count: 1 }, { needs });
		expect(receipt).toBeUndefined();
		expect(await strayBlocks(device)).toEqual({ orphans: [], missing: [] });
	});

	test('whose build throws leaves nothing', async () => {
		await put('first', aClient({ id: 'a' }));
		const staging = await stage();
		const build = () => {
			throw new Error('no');
		};
		await expect(staging.commit(build, { what: 'import', count: 1 }, { needs })).rejects.toThrow(
			'no',
		);
		expect(await strayBlocks(device)).toEqual({ orphans: [], missing: [] });
	});
});

describe('any commits, undone from the last to the first', () => {
	interface Deed {
		kind: 'put' | 'edit' | 'remove' | 'stage';
		from: number;
		count: number;
	}
	const deed: fc.Arbitrary<Deed> = fc.record({
		kind: fc.constantFrom('put', 'edit', 'remove', 'stage'),
		from: fc.constantFrom(0, 1, 5, 250, 256, 300),
		count: fc.constantFrom(0, 1, 2, 7, 256, 300),
	});
	const name: CollectionName = 'messages';

	test('lead back to the first state', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 8 }), async (deeds) => {
				const device = new Device();
				const { vault } = await openOn(device);
				const first = Array.from({ length: 300 }, (_, i) => ({ id: `r${i}`, text: 'first' }));
				const options = { needs: [name] };
				const firstPut = { [name]: first } as unknown as Changes['put'];
				await vault.commit(() => ({ put: firstPut }), { what: 'first', count: 300 }, options);
				for (const [i, { kind, from, count }] of deeds.entries()) {
					const entry = { id: `e${i}`, what: kind, count, canUndo: true };
					// Rows of every kind so far, staged ones too, are what a deed strikes.
					const there = vault.isLoaded(name) ? vault.snapshot.rows(name) : [];
					const struck = there.slice(from, from + count);
					const made = Array.from({ length: count }, (_, n) => ({ id: `n${i}-${n}`, text: '' }));
					const staging = kind === 'stage' ? vault.stage() : undefined;
					await staging?.add(name, made as never);
					const put = kind === 'put' ? made : struck.map((row) => ({ ...row, text: `of ${i}` }));
					const changes =
						kind === 'remove'
							? { remove: { [name]: struck.map(({ id }) => id) } }
							: { put: { [name]: put } as unknown as Changes['put'] };
					await (staging ?? vault).commit(() => changes as Changes, entry, options);
					await vault.load(name);
				}
				for (let i = deeds.length - 1; i >= 0; i--)
					expect((await vault.undo(`e${i}`, draft)).kept).toBe(0);
				// Whoever was removed and brought back stands last: order is when a row came.
				const byId = new Map((await readAfresh(device, name)).map((row) => [row.id, row]));
				expect(byId).toEqual(new Map(first.map((row) => [row.id, row])));
				expect((await strayBlocks(device)).missing).toEqual([]);
				vault.close();
			}),
			fromSeed(25),
		);
	});
});
