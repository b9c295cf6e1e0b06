import { IDBFactory } from 'fake-indexeddb';

interface RawRecord {
	value: unknown;
}
interface RawStore {
	keyPath: string;
	records: { values(): Iterable<RawRecord> };
}
interface RawDatabase {
	version: number;
	rawObjectStores: Map<string, RawStore>;
}

/** All records of one database at one moment. */
export interface DiskCopy {
	name: string;
	version: number;
	stores: { name: string; keyPath: string; values: unknown[] }[];
}

/** Copies a database in an instant, past all transactions: what a power cut or a backup would find. */
export function copyDisk(factory: IDBFactory, name: string): DiskCopy | undefined {
	const databases = (factory as unknown as { _databases: Map<string, RawDatabase> })._databases;
	const database = databases.get(name);
	if (!database || database.rawObjectStores.size === 0) return undefined;
	const stores = [...database.rawObjectStores].map(([name, { keyPath, records }]) => ({
		name,
		keyPath,
		values: Array.from(records.values(), ({ value }) => value),
	}));
	return { name, version: database.version, stores };
}

/** A new disk that holds what was copied. */
export async function diskFrom({ name, version, stores }: DiskCopy): Promise<IDBFactory> {
	const factory = new IDBFactory();
	const request = factory.open(name, version);
	await new Promise<void>((resolve, reject) => {
		request.onupgradeneeded = () => {
			for (const { name, keyPath, values } of stores) {
				const store = request.result.createObjectStore(name, { keyPath });
				for (const value of values) store.put(value);
			}
		};
		request.onsuccess = () => resolve();
		request.onerror = () => reject(request.error ?? new Error('No disk'));
	});
	request.result.close();
	return factory;
}
