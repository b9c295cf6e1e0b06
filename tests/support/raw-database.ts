import type { CollectionName } from '$lib/domain/collections.ts';
import type { BlockRecord, HeadRecord, KeyRecord, UndoRecord } from '$lib/vault/database.ts';
import { Disk } from '$lib/vault/disk.ts';
import { Digester } from '$lib/vault/digester.ts';
import { KeyHolder } from '$lib/vault/key-holder.ts';
import { blockKey, type Manifest } from '$lib/vault/manifest.ts';
import type { Device } from './device.ts';

interface Stores {
	heads: HeadRecord;
	blocks: BlockRecord;
	undos: UndoRecord;
	keys: KeyRecord;
}
type StoreName = keyof Stores;

export interface RawRecord {
	store: string;
	key: IDBValidKey;
	value: unknown;
}

/** The database as any other program on the device sees it: past the vault, for tampering and for dumps. */
export class RawDatabase {
	constructor(
		readonly device: Device,
		readonly name = 't',
	) {}

	async get<N extends StoreName>(store: N, key: string): Promise<Stores[N] | undefined> {
		return this.#with((database) => done(database.transaction(store).objectStore(store).get(key)));
	}

	async put<N extends StoreName>(store: N, record: Stores[N]): Promise<void> {
		await this.#with((database) =>
			done(database.transaction(store, 'readwrite').objectStore(store).put(record)),
		);
	}

	async delete(store: StoreName, key: string): Promise<void> {
		await this.#with((database) =>
			done(database.transaction(store, 'readwrite').objectStore(store).delete(key)),
		);
	}

	async keys(store: StoreName): Promise<string[]> {
		const keys = await this.#with((database) =>
			done(database.transaction(store).objectStore(store).getAllKeys()),
		);
		return keys.map(String);
	}

	/** Every record of every store, and every name that the database itself bears. */
	async dump(): Promise<{ names: string[]; records: RawRecord[] }> {
		return this.#with(async (database) => {
			const names = [database.name];
			const records: RawRecord[] = [];
			for (const storeName of database.objectStoreNames) {
				const store = database.transaction(storeName).objectStore(storeName);
				names.push(storeName, String(store.keyPath), ...store.indexNames);
				const keys = await done(store.getAllKeys());
				const values = (await done(
					database.transaction(storeName).objectStore(storeName).getAll(),
				)) as unknown[];
				for (const [i, key] of keys.entries())
					records.push({ store: storeName, key, value: values[i] });
			}
			return { names, records };
		});
	}

	/** Makes the database look as if a later app had upgraded it. */
	async raiseVersion(by: number): Promise<void> {
		const version = await this.version();
		(await done(this.device.factory.open(this.name, version + by))).close();
	}

	async version(): Promise<number> {
		return this.#with((database) => Promise.resolve(database.version));
	}

	async #with<Result>(task: (database: IDBDatabase) => Promise<Result>): Promise<Result> {
		const database = await done(this.device.factory.open(this.name));
		try {
			return await task(database);
		} finally {
			database.close();
		}
	}
}

/** What the head names, opened with the device's own key. */
export async function readManifest(device: Device, name = 't'): Promise<Manifest> {
	const { ports } = device.openContext();
	const disk = new Disk(name, ports, new KeyHolder(name, ports), new Digester(undefined));
	try {
		const head = await disk.readHead();
		if (!head) throw new Error('There is no head');
		return head.manifest;
	} finally {
		disk.close();
	}
}

/** Block records that no head names, and block records that the head names in vain. */
export async function strayBlocks(
	device: Device,
	name = 't',
): Promise<{ orphans: string[]; missing: string[] }> {
	const { collections } = await readManifest(device, name);
	const named = new Set<string>();
	for (const [collection, listings] of Object.entries(collections))
		for (const [id, version, , pin] of listings)
			for (const kept of pin ? [version, pin] : [version])
				named.add(blockKey(collection as CollectionName, id, kept));
	const stored = new Set(await new RawDatabase(device, name).keys('blocks'));
	return {
		orphans: [...stored].filter((key) => !named.has(key)),
		missing: [...named].filter((key) => !stored.has(key)),
	};
}

function done<Result>(request: IDBRequest<Result>): Promise<Result> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('The raw database refused'));
	});
}
