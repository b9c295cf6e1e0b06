import type { CollectionName } from '$lib/domain/collections.ts';
import { VaultProblem } from '$lib/vault/problems.ts';
import { openVault } from '$lib/vault/vault.ts';
import { expect, test } from 'vitest';
import { aClient } from '../support/clients.ts';
import { Device } from '../support/device.ts';
import { Random } from '../support/random.ts';
import { RawDatabase } from '../support/raw-database.ts';
import { openOn } from '../support/vaults.ts';

const mutations = Number(process.env.PORTICO_RUNS ?? 1_000);
const names = ['clients', 'templates', 'journal'] as const satisfies readonly CollectionName[];

/** Three commits, so that there are versions and undo records to be mixed up. */
async function furnish(): Promise<Device> {
	const device = new Device();
	const { vault } = await openOn(device);
	const commit = (put: object) =>
		vault.commit(() => ({ put }), { what: 'change', count: 1, canUndo: true }, { needs: names });
	await commit({ clients: Array.from({ length: 700 }, (_, i) => aClient({ id: `c${i}` })) });
	await commit({ templates: [{ id: 't', subject: 'Welcome', body: 'Hello', changedAt: 0 }] });
	await commit({ clients: [aClient({ id: 'c0', phone: '2' })] });
	vault.close();
	return device;
}

/** Everything as a newcomer reads it, or why it was refused. */
async function read(device: Device): Promise<string> {
	const { ports } = device.openContext();
	try {
		const vault = await openVault('t', ports);
		try {
			const now = await vault.load(...names);
			return JSON.stringify(names.map((name) => now.rows(name)));
		} finally {
			vault.close();
		}
	} catch (error) {
		if (error instanceof VaultProblem) return `refused: ${error.kind}`;
		throw error;
	}
}

test(`${mutations} random mutations of what is stored are each refused in words, or change nothing`, async () => {
	const seed = Number(process.env.PORTICO_SEED ?? Date.now() % 1_000_000);
	console.log(`Seed ${seed} (PORTICO_SEED)`);
	const random = new Random(seed);
	const device = await furnish();
	const raw = new RawDatabase(device);
	const stores = ['heads', 'blocks', 'undos'] as const;
	const places: { store: (typeof stores)[number]; key: string }[] = [];
	for (const store of stores) for (const key of await raw.keys(store)) places.push({ store, key });
	const whole = await read(device);
	expect(whole).toContain('c699');

	const pick = <Value>(values: readonly Value[]): Value => {
		const value = values[random.below(values.length)];
		if (value === undefined) throw new RangeError('Nothing to pick from');
		return value;
	};
	const counts = { refused: 0, harmless: 0 };
	for (let done = 0; done < mutations; done++) {
		const place = pick(places);
		const record = await raw.get(place.store, place.key);
		if (!record) throw new Error('The record is gone');
		const field = 'manifest' in record ? 'manifest' : 'sealed';
		const sealed = (record as unknown as Record<string, { iv: Uint8Array; bytes: ArrayBuffer }>)[
			field
		];
		if (!sealed) throw new Error('Nothing is sealed in it');
		const bytes = new Uint8Array(sealed.bytes.slice(0));
		const iv = new Uint8Array(sealed.iv);
		const other = pick(places);
		const others = (await raw.get(other.store, other.key)) as unknown as Record<
			string,
			typeof sealed
		>;
		const kind = pick([
			'bit',
			'vector',
			'cut',
			'longer',
			'noise',
			'swapped',
			'empty',
			'gone',
		] as const);
		const change = {
			bit: () => {
				const at = random.below(bytes.length);
				bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
				return { iv, bytes: bytes.buffer };
			},
			vector: () => {
				const at = random.below(iv.length);
				iv[at] = (iv[at] ?? 0) ^ (1 << random.below(8));
				return { iv, bytes: bytes.buffer };
			},
			cut: () => ({ iv, bytes: bytes.slice(0, random.below(bytes.length)).buffer }),
			longer: () => ({ iv, bytes: new Uint8Array([...bytes, random.below(256)]).buffer }),
			noise: () => ({ iv, bytes: bytes.map(() => random.below(256)).buffer }),
			swapped: () => others.manifest ?? others.sealed ?? sealed,
			empty: () => ({ iv, bytes: new ArrayBuffer(0) }),
			gone: () => undefined,
		}[kind]();
		if (change) await raw.put(place.store, { ...record, [field]: change } as never);
		else await raw.delete(place.store, place.key);

		const after = await read(device);
		const what = `${done}: ${kind} in ${place.store} ${place.key}`;
		if (after === whole) counts.harmless++;
		else {
			expect(after, what).toMatch(/^refused: /);
			counts.refused++;
		}
		await raw.put(place.store, record as never);
		expect(await read(device), `${what}, put back`).toBe(whole);
	}
	// Undo records are read when somebody undoes, old versions when nobody names them: those do no harm.
	expect(counts.refused).toBeGreaterThan(mutations / 4);
	console.log(`${counts.refused} refused, ${counts.harmless} harmless`);
}, 600_000);
