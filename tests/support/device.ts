import type { VaultPorts } from '$lib/vault/database.ts';
import { type DBCore, type DBCoreTable, type DBCoreTransaction, Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { ChannelTable } from './channel-table.ts';
import { LockTable } from './lock-table.ts';

/** Anything that a context may ask of its surroundings; a crash strikes at one of these. */
export type Step = { what: string };

const contextOf = new WeakMap<IDBFactory, DeviceContext>();

/** One device: its disk and its locks, shared by all the contexts (tabs, workers) that are opened on it. */
export class Device {
	/** Its disk; a test may put another copy in its place while no context is alive. */
	factory = new IDBFactory();
	readonly locks = new LockTable();
	readonly channels = new ChannelTable();
	/** Without locks the vault's compare-and-set must do. */
	hasLocks = true;
	/** A test that must be repeatable passes one that answers at once. */
	crypto: VaultPorts['crypto'] = globalThis.crypto;
	now = Date.UTC(2026, 4, 4, 9);
	/** Called when a transaction that writes is complete; what is strict survives a power cut, with all before it. */
	onWritten: (isStrict: boolean) => void = () => {};

	openContext(): DeviceContext {
		return new DeviceContext(this);
	}
}

/** A tab, a worker or a service worker: it can die at any step, and then nothing of it goes on. */
export class DeviceContext {
	readonly ports: VaultPorts;
	readonly #channels: BroadcastChannel[] = [];
	isDead = false;
	steps = 0;
	/** Dies when this many steps were taken. */
	diesAt = Infinity;
	/** Each write beyond this many finds the disk full. */
	writesLeft = Infinity;
	/**
	 * How a full disk tells: the transaction aborts, single requests in it fail, or they fail without a
	 * reason because the browser aborted the transaction, which alone knows it.
	 */
	fullDisk: 'aborts' | 'fails-requests' | 'hides-reason' = 'aborts';

	constructor(readonly device: Device) {
		const indexedDB = Object.create(device.factory) as IDBFactory;
		contextOf.set(indexedDB, this);
		this.ports = {
			indexedDB,
			IDBKeyRange,
			locks: device.hasLocks ? device.locks.of(this) : undefined,
			crypto: this.#crypto(),
			now: () => device.now,
			openChannel: (name) => this.#openChannel(name),
		};
	}

	#openChannel(name: string): BroadcastChannel {
		const channel = this.device.channels.open(name);
		this.#channels.push(channel);
		return channel;
	}

	die(): void {
		this.isDead = true;
		for (const channel of this.#channels) channel.close();
		this.device.locks.drop(this);
	}

	/** Takes a step, or dies in it: then what follows never happens. */
	step(): boolean {
		if (this.isDead) return false;
		if (++this.steps >= this.diesAt) this.die();
		return !this.isDead;
	}

	#crypto(): VaultPorts['crypto'] {
		const stepped =
			<Args extends unknown[], Result>(task: (...args: Args) => Promise<Result>) =>
			async (...args: Args): Promise<Result> => {
				if (!this.step()) return never();
				const result = await task(...args);
				return this.isDead ? never() : result;
			};
		const { crypto } = this.device;
		const { subtle } = crypto;
		const steppedSubtle = {
			generateKey: stepped(subtle.generateKey.bind(subtle) as SubtleCrypto['generateKey']),
			encrypt: stepped(subtle.encrypt.bind(subtle)),
			decrypt: stepped(subtle.decrypt.bind(subtle)),
			importKey: stepped(subtle.importKey.bind(subtle) as SubtleCrypto['importKey']),
			sign: stepped(subtle.sign.bind(subtle)),
			digest: stepped(subtle.digest.bind(subtle)),
			deriveKey: stepped(subtle.deriveKey.bind(subtle)),
			wrapKey: stepped(subtle.wrapKey.bind(subtle)),
			unwrapKey: stepped(subtle.unwrapKey.bind(subtle) as SubtleCrypto['unwrapKey']),
		};
		return {
			getRandomValues: crypto.getRandomValues.bind(crypto),
			randomUUID: crypto.randomUUID.bind(crypto),
			subtle: steppedSubtle as unknown as SubtleCrypto,
		};
	}
}

export function never<Result>(): Promise<Result> {
	return new Promise(() => {});
}

/** Every request of every connection passes here: the context's death aborts the transaction it is in. */
function troubleAddon(database: Dexie): void {
	const factory = (database as unknown as { _options: { indexedDB: IDBFactory } })._options
		.indexedDB;
	const context = contextOf.get(factory);
	if (!context) return;
	database.use({
		stack: 'dbcore',
		name: 'trouble',
		create: (core: DBCore): DBCore => ({
			...core,
			transaction: (stores, mode, options) => {
				const transaction = core.transaction(stores, mode, options) as unknown as IDBTransaction;
				const isStrict = transaction.durability === 'strict';
				if (mode === 'readwrite')
					transaction.addEventListener('complete', () => context.device.onWritten(isStrict));
				return transaction as unknown as DBCoreTransaction;
			},
			table: (name) => troubledTable(core.table(name), context),
		}),
	});
}
Dexie.addons.push(troubleAddon);
// Live queries look for a global IndexedDB and stay silent without one.
Dexie.dependencies.indexedDB ??= new IDBFactory();
Dexie.dependencies.IDBKeyRange ??= IDBKeyRange;

function troubledTable(table: DBCoreTable, context: DeviceContext): DBCoreTable {
	const guard = <Request extends { trans: unknown }, Result>(
		run: (request: Request) => Promise<Result>,
	) => {
		return (request: Request): Promise<Result> => {
			if (context.step()) return run(request);
			(request.trans as IDBTransaction).abort();
			return Dexie.Promise.reject(new Error('This context has died')) as unknown as Promise<Result>;
		};
	};
	return {
		...table,
		mutate: guard((request) => {
			if (--context.writesLeft < 0) {
				const full = new DOMException('No room left', 'QuotaExceededError');
				if (context.fullDisk === 'fails-requests')
					return Dexie.Promise.resolve({
						numFailures: 1,
						failures: { 0: full },
						lastResult: undefined,
					}) as unknown as ReturnType<DBCoreTable['mutate']>;
				if (context.fullDisk === 'hides-reason') {
					(request.trans as unknown as { _abort(name: string): void })._abort('QuotaExceededError');
					const aborted = new DOMException('The transaction was aborted.', 'AbortError');
					return Dexie.Promise.reject(aborted) as unknown as ReturnType<DBCoreTable['mutate']>;
				}
				(request.trans as unknown as IDBTransaction).abort();
				return Dexie.Promise.reject(full) as unknown as ReturnType<DBCoreTable['mutate']>;
			}
			return table.mutate(request);
		}),
		get: guard((request) => table.get(request)),
		getMany: guard((request) => table.getMany(request)),
		query: guard((request) => table.query(request)),
		openCursor: guard((request) => table.openCursor(request)),
		count: guard((request) => table.count(request)),
	};
}
