import { Dexie, type Table } from 'dexie';
import type { KeyWrap } from './key-wrap.ts';
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
	/** Name of the data key that everything is sealed with; absent in databases of older versions. */
	key?: string;
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

/** The data key as it lies on disk: open, or once a passphrase is set only wrapped. */
export type KeyRecord = OpenKeyRecord | WrappedKeyRecord;

export interface OpenKeyRecord {
	id: 'data';
	/** A random name; absent in databases of older versions. */
	name?: string;
	key: CryptoKey;
}

export interface WrappedKeyRecord {
	id: 'data';
	name: string;
	/** The same key, wrapped once for every secret that opens it. */
	wraps: readonly KeyWrap[];
	/** Wrong secrets in a row, and until when (epoch ms) no other is tried. */
	wrongTries: number;
	waitUntil: number;
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
	/** What contexts of one origin talk through; without it each unlocks for itself. */
	openChannel?: (name: string) => BroadcastChannel;
	/** Another tab keeps an older form of the database open: opening goes on when that one is closed. */
	onHeldUp?: () => void;
}

export function browserPorts(): VaultPorts {
	return {
		indexedDB: globalThis.indexedDB,
		IDBKeyRange: globalThis.IDBKeyRange,
		locks: globalThis.navigator?.locks,
		crypto: globalThis.crypto,
		now: Date.now,
		...(typeof BroadcastChannel === 'function' && {
			openChannel: (name: string) => new BroadcastChannel(name),
		}),
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
	database.on('blocked', () => ports.onHeldUp?.());
	return database as Database;
}
