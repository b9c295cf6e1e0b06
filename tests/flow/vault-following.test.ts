import { Block } from '$lib/vault/block.ts';
import { Shelf } from '$lib/vault/shelf.ts';
import type { Vault } from '$lib/vault/types.ts';
import { afterEach, expect, test, vi } from 'vitest';
import { aClient } from '../support/clients.ts';
import { Device } from '../support/device.ts';
import { eventually, openOn } from '../support/vaults.ts';

const needs = ['clients', 'contacts'] as const;
const many = (prefix: string, count: number) =>
	Array.from({ length: count }, (_, i) => aClient({ id: `${prefix}${i}` }));
const put = (vault: Vault, ...clients: ReturnType<typeof aClient>[]) =>
	vault.commit(() => ({ put: { clients } }), { what: 'change', count: clients.length }, { needs });
const ids = (vault: Vault) => vault.snapshot.rows('clients').map(({ id }) => id);

afterEach(() => vi.unstubAllGlobals());

test('a context that only follows ends equal after many quick commits of two others', async () => {
	const device = new Device();
	const one = (await openOn(device)).vault;
	const two = (await openOn(device)).vault;
	const follower = (await openOn(device)).vault;
	await follower.load('clients', 'journal');
	const revisions: number[] = [];
	follower.follow((now) => {
		revisions.push(now.revision);
		expect(now.rows('journal').length).toBe(now.revision);
	});
	await Promise.all([
		(async () => {
			for (let i = 0; i < 30; i++)
				await put(one, aClient({ id: `a${i}` }), aClient({ id: 'x', phone: `a${i}` }));
		})(),
		(async () => {
			for (let i = 0; i < 30; i++) await put(two, ...many(`b${i}-`, 40));
		})(),
	]);
	expect(await eventually(() => follower.snapshot.revision === 60)).toBe(true);
	await one.load('clients');
	expect(follower.snapshot.rows('clients')).toEqual(one.snapshot.rows('clients'));
	expect(ids(follower).length).toBe(30 + 1 + 30 * 40);
	expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
	for (const vault of [one, two, follower]) vault.close();
});

test('a row that moved between blocks while this context slept is found', () => {
	const block = (id: string, version: string, ...ids: string[]) => {
		const rows = ids.map((id) => ({ id }));
		return new Block(id, version, '', rows);
	};
	const before = new Map([
		['1', block('1', '1', 'a')],
		['2', block('2', '1', 'mover', 'b')],
		['3', block('3', '1', 'c')],
	]);
	const shelf = () => {
		const shelf = new Shelf(before);
		expect(shelf.get('mover')).toBeDefined();
		return shelf;
	};
	for (const next of [
		shelf().withBlocks([block('1', '3', 'a', 'mover')], ['2']),
		shelf().withBlocks([block('1', '3', 'a', 'mover'), block('2', '3', 'b')]),
		shelf().withBlocks([block('2', '3', 'b'), block('3', '3', 'c', 'mover')]),
	]) {
		expect(next.rows.filter(({ id }) => id === 'mover').length).toBe(1);
		for (const row of next.rows) expect(next.get(row.id)).toBe(row);
	}
});

test('a follower that throws breaks neither the commit nor the other followers, and its error is reported', async () => {
	const reported: unknown[] = [];
	const later = queueMicrotask;
	vi.stubGlobal('queueMicrotask', (task: () => void) => {
		later(() => {
			try {
				task();
			} catch (error) {
				reported.push(error);
			}
		});
	});
	const device = new Device();
	const { vault } = await openOn(device);
	const heard: number[] = [];
	vault.follow(() => {
		throw new Error('a broken screen');
	});
	vault.follow((now) => heard.push(now.revision));
	expect(await put(vault, aClient({ id: 'a' }))).toMatchObject({ revision: 1 });
	expect((await vault.load('contacts')).rows('contacts')).toEqual([]);
	expect(await put(vault, aClient({ id: 'b' }))).toMatchObject({ revision: 2 });
	expect(ids(vault)).toEqual(['a', 'b']);
	expect(heard).toContain(1);
	expect(heard.at(-1)).toBe(2);
	expect(reported.length).toBe(heard.length);
	vault.close();
});

test('a follower may stop following, load and commit from within', async () => {
	const device = new Device();
	const { vault } = await openOn(device);
	await vault.load('clients');
	const within = new Promise<void>((resolve, reject) => {
		const stop = vault.follow(() => {
			stop();
			vault
				.load('contacts')
				.then(() => put(vault, aClient({ id: 'b' })))
				.then(() => resolve(), reject);
		});
	});
	await put(vault, aClient({ id: 'a' }));
	await within;
	expect(ids(vault)).toEqual(['a', 'b']);
	vault.close();
});

test('loading while others commit always gives one whole revision', async () => {
	const device = new Device();
	const writer = (await openOn(device)).vault;
	const reader = (await openOn(device)).vault;
	let isWriting = true;
	const writing = (async () => {
		for (let i = 0; i < 40; i++)
			await writer.commit(
				() => ({
					put: {
						clients: [aClient({ id: `c${i}` }), aClient({ id: 'last', phone: `${i}` })],
						contacts: [
							{
								id: `k${i}`,
								clientId: `c${i}`,
								name: 'Noor Okafor',
								emailAddress: '',
								phone: '',
								relationship: 'other',
								importId: '',
							},
						],
					},
				}),
				{ what: 'change', count: 3 },
				{ needs },
			);
		isWriting = false;
	})();
	let loads = 0;
	while (isWriting) {
		const { vault: fresh } = await openOn(device);
		for (const vault of [reader, fresh]) {
			const now = await vault.load('contacts', 'clients', 'journal');
			expect(now.rows('contacts').length).toBe(now.revision);
			expect(now.rows('clients').length).toBe(now.revision === 0 ? 0 : now.revision + 1);
			expect(now.rows('journal').length).toBe(now.revision);
			const last = now.get('clients', 'last');
			if (last) expect(last.phone).toBe(`${now.revision - 1}`);
			loads++;
		}
		fresh.close();
	}
	await writing;
	expect(loads).toBeGreaterThan(4);
	writer.close();
	reader.close();
});

test('loading while this context commits leaves both right', async () => {
	const device = new Device();
	const { vault } = await openOn(device);
	const loads: Promise<unknown>[] = [];
	for (let i = 0; i < 20; i++) {
		const committed = put(vault, aClient({ id: `c${i}` }));
		loads.push(vault.load('contacts', 'templates'), vault.load('clients'));
		await committed;
		expect(vault.snapshot.get('clients', `c${i}`)).toBeDefined();
	}
	await Promise.all(loads);
	expect(ids(vault).length).toBe(20);
	vault.close();
});

test('whoever follows keeps what it loaded, through a staged commit of its own or of another', async () => {
	const device = new Device();
	const one = (await openOn(device)).vault;
	const two = (await openOn(device)).vault;
	await put(one, aClient({ id: 'a' }));
	const counts: Record<string, number> = {};
	for (const [name, vault] of Object.entries({ one, two })) {
		await vault.load('clients');
		vault.follow((now) => (counts[name] = now.rows('clients').length));
	}
	const staging = one.stage();
	await staging.add('clients', many('s', 2500));
	await staging.commit(() => ({}), { what: 'import', count: 2500 }, { needs });
	expect(one.isLoaded('clients')).toBe(true);
	expect(await eventually(() => counts['two'] === 2501)).toBe(true);
	expect(counts['one']).toBe(2501);
	one.close();
	two.close();
});

test('a commit that was written stays a commit, though reading after it failed', async () => {
	const device = new Device();
	const { vault, context } = await openOn(device);
	await vault.load('clients');
	vault.follow(() => {});
	const staging = vault.stage();
	await staging.add('clients', many('s', 1100));
	const { subtle } = context.ports.crypto;
	const decrypt = subtle.decrypt.bind(subtle);
	subtle.decrypt = () => Promise.reject(new Error('out of memory'));
	const receipt = await staging.commit(() => ({}), { what: 'import', count: 1 }, { needs });
	expect(receipt).toMatchObject({ revision: 1 });
	await staging.abandon();
	subtle.decrypt = decrypt;
	expect((await vault.load('clients')).rows('clients').length).toBe(1100);
	vault.close();
});
