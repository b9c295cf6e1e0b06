import { Dexie, type Table } from 'dexie';
import { VaultProblem } from './problems.ts';

/** The bytes of a sealed thing: AES-GCM ciphertext with its tag, and the initialisation vector. */
export interface Sealed {
	iv: Uint8Array<ArrayBuffer>;
	bytes: ArrayBuffer;
}

/** The one record that says what the database holds; a commit is this record advancing. */
export interface HeadRecord {
	id: 'head';
	format: number;
	revision: number;
	manifest: Sealed;
}

/** One version of one block. The key is `collection/block/version`: no personal data stands in it. */
export interface BlockRecord {
	key: string;
	sealed: Sealed;
}

/** What it takes to undo one commit, by its journal entry's id. */
export interface UndoRecord {
	id: string;
	sealed: Sealed;
}

export interface KeyRecord {
	id: 'data';
	key: CryptoKey;
}

export type Database = Dexie & {
	heads: Table<HeadRecord, string>;
	blocks: Table<BlockRecord, string>;
	undos: Table<UndoRecord, string>;
	keys: Table<KeyRecord, string>;
};

/** What the vault asks of its surroundings; a test passes its own, a browser has them all. */
export interface VaultPorts {
	indexedDB: IDBFactory;
	IDBKeyRange: typeof IDBKeyRange;
	/** Web Locks; without them the head's compare-and-set alone keeps writers apart. */
	locks: Pick<LockManager, 'request'> | undefined;
	crypto: Pick<Crypto, 'getRandomValues' | 'randomUUID'> & { subtle: SubtleCrypto };
	now: () => number;
}

export function browserPorts(): VaultPorts {
	return {
		indexedDB: globalThis.indexedDB,
		IDBKeyRange: globalThis.IDBKeyRange,
		locks: globalThis.navigator?.locks,
		crypto: globalThis.crypto,
		now: Date.now,
	};
}

/**
 * One connection. Durability is Dexie's per connection, so commits that a send depends on have a
 * `strict` one of their own.
 */
export function openDatabase(
	name: string,
	ports: VaultPorts,
	durability: 'relaxed' | 'strict',
): Database {
	const database = new Dexie(name, {
		indexedDB: ports.indexedDB,
		IDBKeyRange: ports.IDBKeyRange,
		chromeTransactionDurability: durability,
	});
	database.version(1).stores({ heads: 'id', blocks: 'key', undos: 'id', keys: 'id' });
	// Dexie opens what a newer app has upgraded as if it were its own.
	const refuseNewer = () => {
		if (database.backendDB().version > Math.round(database.verno * 10))
			throw new VaultProblem('newer-format');
	};
	database.on('ready', refuseNewer, true);
	return database as Database;
}
