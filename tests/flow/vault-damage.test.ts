import type { VaultProblemKind } from '$lib/vault/problems.ts';
import type { Sealed } from '$lib/vault/database.ts';
import type { Vault } from '$lib/vault/types.ts';
import { openVault } from '$lib/vault/vault.ts';
import { describe, expect, test } from 'vitest';
import { aClient } from '../support/clients.ts';
import { Device } from '../support/device.ts';
import { RawDatabase } from '../support/raw-database.ts';
import { openOn } from '../support/vaults.ts';

const needs = ['clients', 'templates'] as const;
const template = { id: 't', subject: 'Welcome', body: '', changedAt: 0 };

/** A device with two blocks of clients (the first at its second version) and one template. */
async function furnish() {
	const device = new Device();
	const raw = new RawDatabase(device);
	const { vault } = await openOn(device);
	const clients = Array.from({ length: 1100 }, (_, i) => aClient({ id: `c${i}` }));
	await vault.commit(
		() => ({ put: { clients, templates: [template] } }),
		{ id: 'first', what: 'first', count: 1101, canUndo: true },
		{ needs },
	);
	const oldHead = await existing(raw.get('heads', 'head'));
	const [key] = (await raw.keys('blocks')).filter((key) => key.startsWith('clients/'));
	const oldBlock = await existing(raw.get('blocks', key ?? ''));
	await edit(vault);
	vault.close();
	const [first, second] = await blockKeys(raw, 'clients');
	return { device, raw, oldBlock, oldHead, first: first ?? '', second: second ?? '' };
}

const edit = (vault: Vault) =>
	vault.commit(
		() => ({ put: { clients: [aClient({ id: 'c0', phone: '2' })] } }),
		{ what: 'edit', count: 1 },
		{ needs },
	);

async function blockKeys(raw: RawDatabase, name: string): Promise<string[]> {
	return (await raw.keys('blocks')).filter((key) => key.startsWith(`${name}/`));
}

async function existing<Value>(value: Promise<Value | undefined>): Promise<Value> {
	const found = await value;
	if (found === undefined) throw new Error('There is no such record');
	return found;
}

/** The same sealed bytes with one bit of them turned. */
function turned({ iv, bytes }: Sealed, at = 20): Sealed {
	const copy = new Uint8Array(bytes.slice(0));
	copy[at] = (copy[at] ?? 0) ^ 1;
	return { iv, bytes: copy.buffer };
}

async function refuses(what: Promise<unknown>, kind: VaultProblemKind, word: RegExp) {
	const problem: unknown = await what.then(
		() => 'nothing refused',
		(error: unknown) => error,
	);
	expect(problem).toMatchObject({ name: 'VaultProblem', kind });
	expect((problem as Error).message).toMatch(word);
}

const bytesOf = async (raw: RawDatabase) =>
	(await raw.dump()).records.map(({ store, key, value }) => [store, key, value]);

type Furnished = Awaited<ReturnType<typeof furnish>>;

const blockDamages: [what: string, damage: (there: Furnished) => Promise<void>][] = [
	[
		'a block with one bit turned',
		async ({ raw, first }) => {
			const block = await existing(raw.get('blocks', first));
			await raw.put('blocks', { ...block, sealed: turned(block.sealed) });
		},
	],
	[
		'a block whose initialisation vector was altered',
		async ({ raw, first }) => {
			const { sealed } = await existing(raw.get('blocks', first));
			const iv = sealed.iv.map((byte) => byte ^ 1);
			await raw.put('blocks', { key: first, sealed: { ...sealed, iv } });
		},
	],
	[
		'a block cut short',
		async ({ raw, first }) => {
			const { sealed } = await existing(raw.get('blocks', first));
			const bytes = sealed.bytes.slice(0, 8);
			await raw.put('blocks', { key: first, sealed: { ...sealed, bytes } });
		},
	],
	[
		'two blocks swapped',
		async ({ raw, first, second }) => {
			const one = await existing(raw.get('blocks', first));
			const two = await existing(raw.get('blocks', second));
			await raw.put('blocks', { key: first, sealed: two.sealed });
			await raw.put('blocks', { key: second, sealed: one.sealed });
		},
	],
	[
		'a block of another collection put in its place',
		async ({ raw, first }) => {
			const [other] = await blockKeys(raw, 'templates');
			const { sealed } = await existing(raw.get('blocks', other ?? ''));
			await raw.put('blocks', { key: first, sealed });
		},
	],
	[
		'a block rolled back to an older version',
		async ({ raw, first, oldBlock }) => {
			expect(oldBlock.key).not.toBe(first);
			await raw.put('blocks', { key: first, sealed: oldBlock.sealed });
		},
	],
	['a deleted block', ({ raw, first }) => raw.delete('blocks', first)],
];

describe.each(blockDamages)('%s', (_, damage) => {
	test('is refused, the rest stays readable and nothing is overwritten', async () => {
		const there = await furnish();
		await damage(there);
		const before = await bytesOf(there.raw);
		const { vault } = await openOn(there.device);
		await refuses(vault.load('clients'), 'damaged-block', /refused.*backup/s);
		await refuses(edit(vault), 'damaged-block', /Nothing was overwritten/);
		expect(() => vault.snapshot.rows('clients')).toThrow('not loaded');
		expect((await vault.load('templates')).rows('templates')).toEqual([template]);
		expect(await bytesOf(there.raw)).toEqual(before);

		await vault.commit(
			() => ({ put: { templates: [{ ...template, subject: 'Hello' }] } }),
			{ what: 'edit template', count: 1 },
			{ needs: ['templates'] },
		);
		expect(vault.snapshot.get('templates', 't')?.subject).toBe('Hello');
		vault.close();
	});
});

test('a context that has the clients in memory goes on with the rest when their next version is damaged', async () => {
	const { device } = await furnish();
	const { vault: writer, context } = await openOn(device);
	const { vault: reader } = await openOn(device);
	await reader.load('clients', 'templates');
	await writer.load('clients');
	const { subtle } = context.ports.crypto;
	const encrypt = subtle.encrypt.bind(subtle);
	subtle.encrypt = async (algorithm, key, data) => {
		const bytes = (await encrypt(algorithm, key, data)) as ArrayBuffer;
		const place = new TextDecoder().decode((algorithm as AesGcmParams).additionalData);
		return place.includes('/block/clients') ? bytes.slice(1) : bytes;
	};
	await edit(writer);
	await refuses(reader.load('clients'), 'damaged-block', /refused/);
	await refuses(edit(reader), 'damaged-block', /refused/);
	const greet = await reader.commit(
		() => ({ put: { templates: [{ ...template, subject: 'Hello' }] } }),
		{ what: 'edit template', count: 1 },
		{ needs: ['templates'] },
	);
	expect(greet).toMatchObject({ revision: 4 });
	expect((await reader.load('templates', 'imports')).get('templates', 't')?.subject).toBe('Hello');
	// What is damaged is never shown at an older revision beside what is newer.
	expect(reader.isLoaded('clients')).toBe(false);
	await refuses(reader.load('clients'), 'damaged-block', /refused/);
	writer.close();
	reader.close();
});

test('many blocks of which an early one is damaged are refused once, with nothing left unheard', async () => {
	const device = new Device();
	const raw = new RawDatabase(device);
	const { vault } = await openOn(device);
	const rows = Array.from({ length: 256 * 70 }, (_, i) => ({ id: `m${i}` }));
	await vault.commit(
		() => ({ put: { messages: rows as never } }),
		{ what: 'many', count: rows.length },
		{ needs: ['messages'] },
	);
	vault.close();
	for (const key of await blockKeys(raw, 'messages')) {
		const block = await existing(raw.get('blocks', key));
		await raw.put('blocks', { key, sealed: turned(block.sealed) });
	}
	const fresh = await openOn(device);
	await refuses(fresh.vault.load('messages'), 'damaged-block', /refused/);
	await new Promise((resolve) => setTimeout(resolve, 20));
	fresh.vault.close();
});

describe('the head', () => {
	test.each([
		[
			'tampered with',
			async ({ raw }: Furnished) => {
				const head = await existing(raw.get('heads', 'head'));
				await raw.put('heads', { ...head, manifest: turned(head.manifest) });
			},
		],
		[
			'with an older manifest under the new revision',
			async ({ raw, oldHead }: Furnished) => {
				const head = await existing(raw.get('heads', 'head'));
				await raw.put('heads', { ...head, manifest: oldHead.manifest });
			},
		],
		[
			'with another revision over its manifest',
			async ({ raw }: Furnished) => {
				const head = await existing(raw.get('heads', 'head'));
				await raw.put('heads', { ...head, revision: head.revision + 1 });
			},
		],
		['taken away', ({ raw }: Furnished) => raw.delete('heads', 'head')],
	] as const)('%s is refused, and nothing is overwritten', async (_, damage) => {
		const there = await furnish();
		await damage(there);
		const before = await bytesOf(there.raw);
		const context = there.device.openContext();
		await refuses(openVault('t', context.ports), 'damaged-block', /refused.*backup/s);
		expect(await bytesOf(there.raw)).toEqual(before);
	});

	test('rolled back as a whole lets nobody write over what is newer', async () => {
		const { device, raw, oldHead } = await furnish();
		await raw.put('heads', oldHead);
		const before = await bytesOf(raw);
		const { vault } = await openOn(device);
		await refuses(edit(vault), 'damaged-block', /refused/);
		expect(await bytesOf(raw)).toEqual(before);
		vault.close();
	});

	test.each([
		['rolled back', ({ raw, oldHead }: Furnished) => raw.put('heads', oldHead)],
		['taken away', ({ raw }: Furnished) => raw.delete('heads', 'head')],
		[
			'taken away with all blocks',
			async ({ raw }: Furnished) => {
				for (const key of await raw.keys('blocks')) await raw.delete('blocks', key);
				await raw.delete('heads', 'head');
			},
		],
	])('%s under an open vault is refused, and memory keeps what it has', async (_, damage) => {
		const there = await furnish();
		const { vault } = await openOn(there.device);
		await vault.load('clients');
		const { vault: another } = await openOn(there.device);
		await another.load('templates');
		await damage(there);
		await refuses(vault.load('templates'), 'damaged-block', /refused/);
		await refuses(edit(vault), 'damaged-block', /refused/);
		expect(vault.snapshot.get('clients', 'c0')?.phone).toBe('2');
		await refuses(another.load('templates'), 'damaged-block', /refused/);
		vault.close();
		another.close();
	});
});

test('a tampered undo record is refused and undoes nothing', async () => {
	const { device, raw } = await furnish();
	const record = await existing(raw.get('undos', 'first'));
	await raw.put('undos', { ...record, sealed: turned(record.sealed) });
	const { vault } = await openOn(device);
	await refuses(vault.undo('first', { what: 'undo', count: 1 }), 'damaged-block', /refused/);
	expect((await vault.load('clients')).rows('clients').length).toBe(1100);
	vault.close();
});

describe('a database of a newer Portico', () => {
	test('is refused by the format in its head, and stays as it was', async () => {
		const { device, raw } = await furnish();
		const head = await existing(raw.get('heads', 'head'));
		await raw.put('heads', { ...head, format: head.format + 1 });
		const before = await bytesOf(raw);
		await refuses(openVault('t', device.openContext().ports), 'newer-format', /newer version/);
		expect(await bytesOf(raw)).toEqual(before);
	});

	test('that came while this one was open is refused to the next commit', async () => {
		const { device, raw } = await furnish();
		const { vault } = await openOn(device);
		await vault.load('clients');
		const head = await existing(raw.get('heads', 'head'));
		await raw.put('heads', { ...head, format: head.format + 1 });
		const before = await bytesOf(raw);
		await refuses(edit(vault), 'newer-format', /Reload/);
		expect(await bytesOf(raw)).toEqual(before);
		vault.close();
	});

	test('is refused by its IndexedDB version, and stays as it was', async () => {
		const { device, raw } = await furnish();
		await raw.raiseVersion(10);
		const version = await raw.version();
		const before = await bytesOf(raw);
		await refuses(openVault('t', device.openContext().ports), 'newer-format', /newer version/);
		expect(await bytesOf(raw)).toEqual(before);
		expect(await raw.version()).toBe(version);
	});

	test('that upgraded the database under an open vault is refused to the next commit', async () => {
		const { device, raw } = await furnish();
		const { vault } = await openOn(device);
		await vault.load('clients');
		await raw.raiseVersion(10);
		const before = await bytesOf(raw);
		await refuses(edit(vault), 'newer-format', /newer version/);
		await refuses(vault.load('templates'), 'newer-format', /newer version/);
		expect(await bytesOf(raw)).toEqual(before);
		vault.close();
	});
});

test('a lost key is said, and no new one takes its place', async () => {
	const { device, raw } = await furnish();
	await raw.delete('keys', 'data');
	const before = await bytesOf(raw);
	await refuses(openVault('t', device.openContext().ports), 'key-lost', /key.*backup/s);
	expect(await bytesOf(raw)).toEqual(before);
});

test('a key of somebody else opens nothing', async () => {
	const { device, raw } = await furnish();
	const algorithm = { name: 'AES-GCM', length: 256 };
	const key = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt']);
	await raw.put('keys', { id: 'data', key });
	await refuses(openVault('t', device.openContext().ports), 'damaged-block', /refused/);
});
