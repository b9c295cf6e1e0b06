import type { CollectionName, Collections } from '$lib/domain/collections.ts';
import type { HasId } from './block.ts';
import type { BlockRecord, VaultPorts } from './database.ts';
import type { Disk } from './disk.ts';
import { blockKey, type BlockListing, rowsPerBlock } from './manifest.ts';
import { vaultProblemFrom } from './problems.ts';
import type {
	Changes,
	CommitOptions,
	CommitReceipt,
	EntryDraft,
	Snapshot,
	Staging,
} from './types.ts';
import { stagingLock } from './writer-lock.ts';

/** Rows that are sealed, and on disk but for the last ones, and wait for a head to name them. */
export interface StagedRows {
	version: string;
	/** Name of the key under which they are sealed. */
	keyName: string;
	listings: ReadonlyMap<CollectionName, BlockListing[]>;
	/** What the commit is to write with the head: it would cost as much again to write these before. */
	last: readonly BlockRecord[];
}

type CommitStaged = (
	staged: StagedRows,
	build: (now: Snapshot) => Changes | undefined,
	entry: EntryDraft,
	options: CommitOptions,
) => Promise<CommitReceipt | undefined>;

/** Blocks written in one transaction while the next ones fill. */
const blocksAWrite = 8;

const stagedMark = 's-';

export class StagedCommit implements Staging {
	readonly #disk: Disk;
	readonly #commitStaged: CommitStaged;
	readonly #version: string;
	readonly #waiting = new Map<CollectionName, HasId[]>();
	readonly #listings = new Map<CollectionName, BlockListing[]>();
	#sealing: Promise<BlockRecord>[] = [];
	#writing: Promise<void>;
	/** Settled once nobody can set another passphrase before this is over: sealed earlier, rows would be lost. */
	readonly #keyName: Promise<string>;
	/** Settled once a full block can be sealed in the same turn: rows that wait longer cost the more to be rid of. */
	readonly #canSeal: Promise<void>;
	readonly #keys: string[] = [];
	#isOver = false;
	#release: () => void = () => {};

	constructor(disk: Disk, ports: VaultPorts, commitStaged: CommitStaged) {
		this.#disk = disk;
		this.#commitStaged = commitStaged;
		this.#version = stagedMark + ports.crypto.randomUUID();
		const done = new Promise<void>((resolve) => (this.#release = resolve));
		this.#writing = !ports.locks
			? Promise.resolve()
			: new Promise((granted) => {
					void ports.locks?.request(stagingLock(disk.name), { mode: 'shared' }, () => {
						granted();
						return done;
					});
				});
		this.#keyName = this.#writing.then(() => disk.newestKeyName());
		// Whoever seals first gets the error.
		this.#keyName.catch(() => {});
		const digests = disk.digester.prepare();
		this.#canSeal = this.#keyName.then(() => digests);
		this.#canSeal.catch(() => {});
	}

	async add<N extends CollectionName>(name: N, rows: readonly Collections[N][]): Promise<void> {
		if (this.#isOver) throw new Error('This staging is over');
		const waiting: HasId[] = this.#waiting.get(name) ?? [];
		for (const row of rows) {
			waiting.push(row);
			if (waiting.length === rowsPerBlock(name)) this.#fill(name, waiting.splice(0));
		}
		this.#waiting.set(name, waiting);
		if (this.#sealing.length > 0) await this.#canSeal.catch(() => {});
		if (this.#isOver) return;
		if (this.#sealing.length >= blocksAWrite) await this.#write();
	}

	#fill(name: CollectionName, rows: HasId[]): void {
		const listings = this.#listings.get(name) ?? [];
		const id = `${this.#version}.${listings.length}`;
		listings.push([id, this.#version, rows.length, this.#version]);
		this.#listings.set(name, listings);
		this.#keys.push(blockKey(name, id, this.#version));
		const block = { id, version: this.#version, unpacked: rows };
		const sealing = this.#keyName.then(() => this.#disk.sealBlock(name, block));
		// It may fail long before its write is due, which then tells.
		sealing.catch(() => {});
		this.#sealing.push(sealing);
	}

	/** Waits for the write before this one and starts the next: disk and sealing work side by side. */
	async #write(): Promise<void> {
		const sealing = this.#sealing;
		this.#sealing = [];
		const before = this.#writing;
		const next = Promise.all(sealing).then(async (blocks) => {
			await before;
			await this.#disk.writeAhead(blocks);
		});
		// Whoever waits for it next, the following write or the commit, gets the error.
		next.catch(() => {});
		this.#writing = next;
		try {
			await before;
		} catch (error) {
			throw vaultProblemFrom(error);
		}
	}

	async commit(
		build: (now: Snapshot) => Changes | undefined,
		entry: EntryDraft,
		options: CommitOptions,
	): Promise<CommitReceipt | undefined> {
		if (this.#isOver) throw new Error('This staging is over');
		this.#isOver = true;
		let receipt: CommitReceipt | undefined;
		try {
			for (const [name, rows] of this.#waiting)
				if (rows.length > 0) this.#fill(name, rows.splice(0));
			const [last] = await Promise.all([Promise.all(this.#sealing), this.#writing]);
			const keyName = await this.#keyName;
			const staged = { version: this.#version, keyName, listings: this.#listings, last };
			receipt = await this.#commitStaged(staged, build, entry, options);
			return receipt;
		} catch (error) {
			throw vaultProblemFrom(error);
		} finally {
			if (receipt) this.#release();
			else await this.#clear();
		}
	}

	async abandon(): Promise<void> {
		if (this.#isOver) return;
		this.#isOver = true;
		await this.#clear();
	}

	/** What cannot be removed now is swept later. */
	async #clear(): Promise<void> {
		await Promise.allSettled(this.#sealing);
		await this.#writing.catch(() => {});
		await removeUnnamed(this.#disk, this.#keys).catch(() => {});
		this.#release();
	}
}

/** Removes blocks that a crashed staging left behind, when nobody stages and a lock can prove it. */
export async function sweepStaged(disk: Disk, ports: VaultPorts): Promise<void> {
	await ports.locks?.request(stagingLock(disk.name), { ifAvailable: true }, async (lock) => {
		if (!lock) return;
		const keys = await disk.database.blocks.toCollection().primaryKeys();
		await removeUnnamed(
			disk,
			keys.filter((key) => key.includes(`/${stagedMark}`)),
		);
	});
}

/** The head is asked in any case: a commit that seemed to fail may have been written after all. */
async function removeUnnamed(disk: Disk, keys: readonly string[]): Promise<void> {
	const head = await disk.readHead();
	const named = new Set<string>();
	for (const [name, listings] of Object.entries(head?.manifest.collections ?? {}))
		for (const [id, version, , pin] of listings)
			for (const kept of [version, pin]) named.add(blockKey(name as CollectionName, id, kept));
	const leftovers = keys.filter((key) => !named.has(key));
	if (leftovers.length > 0) await disk.removeAhead(leftovers);
}
