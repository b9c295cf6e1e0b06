import type { CollectionName } from '$lib/domain/collections.ts';
import { Block, type HasId } from './block.ts';
import {
	type BlockRecord,
	type Database,
	openDatabase,
	type Sealed,
	type UndoRecord,
	type VaultPorts,
} from './database.ts';
import { DataKey, keyNameOf } from './data-key.ts';
import type { Digester } from './digester.ts';
import type { KeyHolder } from './key-holder.ts';
import {
	blockKey,
	blockPlace,
	emptyManifest,
	format,
	headPlace,
	type Manifest,
	undoPlace,
} from './manifest.ts';
import { pack, PackedRows } from './pack.ts';
import { Possession } from './possession.ts';
import { VaultProblem } from './problems.ts';
import { open, openText, seal, sealText } from './seal.ts';
import { writing } from './writing.ts';

export interface Head {
	revision: number;
	manifest: Manifest;
}

/** One commit's records, sealed and ready to be written in one transaction. */
export interface SealedCommit {
	/** The revision on which it was built; the head must still be there. */
	onRevision: number;
	/** Name of the key under which its records were sealed; it must still be the one on disk. */
	keyName: string;
	/** As `sealManifest` seals it. */
	manifest: Sealed;
	blocks: BlockRecord[];
	undos: UndoRecord[];
	/** Keys of block versions that nothing names any more. */
	gone: string[];
	goneUndos: string[];
}

/** Blocks read in one go: enough to keep the disk busy, few enough that opening them all never holds a page up. */
const blocksAtOnce = 64;
/** Packing holds the page up: this many take it a few milliseconds. */
const blocksSealedAtOnce = 4;

/** The sealed records on disk. Knows nothing of rows' meaning, nor of who else writes. */
export class Disk {
	readonly #relaxed: Database;
	readonly possession = new Possession(() => this.#isOnDisk());
	readonly #dataKey: DataKey;
	#strict: Database | undefined;

	constructor(
		readonly name: string,
		readonly ports: VaultPorts,
		readonly holder: KeyHolder,
		readonly digester: Digester,
	) {
		this.#relaxed = this.possession.watch(openDatabase(name, ports, 'relaxed'));
		this.#dataKey = new DataKey(this.#relaxed, ports, holder);
	}

	get database(): Database {
		return this.#relaxed;
	}

	/** Throws VaultProblem, as `DataKey.open` does. */
	async key(): Promise<CryptoKey> {
		this.possession.check();
		return this.#dataKey.open();
	}

	/** The name of the key under which this context seals now. */
	async keyName(): Promise<string> {
		this.possession.check();
		return this.#dataKey.name();
	}

	/** The same, once this context has caught up with a passphrase that another one set. */
	async newestKeyName(): Promise<string> {
		this.possession.check();
		return this.#dataKey.newestName();
	}

	/** The head, or undefined when it still is at `known`. */
	async readHead(known?: number): Promise<Head | undefined> {
		await this.key();
		const record = await this.#relaxed.heads.get('head');
		if (!record) {
			if (known || (await this.#isHeadTaken())) throw new VaultProblem('damaged-block');
			return known === 0 ? undefined : { revision: 0, manifest: emptyManifest };
		}
		if (record.format > format) throw new VaultProblem('newer-format');
		this.#dataKey.keepIf(record.key ?? '');
		const key = await this.key();
		if (record.revision === known) return undefined;
		if (known !== undefined && record.revision < known) throw new VaultProblem('damaged-block');
		const place = headPlace(record.revision);
		const text = await openText(this.ports.crypto, key, place, record.manifest);
		return { revision: record.revision, manifest: JSON.parse(text) as Manifest };
	}

	/** Asks the browser first: opening what is gone would make it anew. */
	async #isOnDisk(): Promise<boolean> {
		const there = await this.ports.indexedDB.databases?.();
		if (there && !there.some(({ name }) => name === this.name)) return false;
		return !this.#dataKey.isOpen || (await this.#relaxed.keys.count()) > 0;
	}

	/** Every commit writes the journal together with the head: a journal alone was robbed of its head. */
	async #isHeadTaken(): Promise<boolean> {
		const { heads, blocks } = this.#relaxed;
		return this.#relaxed.transaction('r', heads, blocks, async () => {
			const journal = await blocks.where('key').startsWith('journal/').count();
			return journal > 0 && (await heads.count()) === 0;
		});
	}

	/**
	 * Reads and opens blocks, in the order asked. Undefined when a version is gone, which means that
	 * the head has moved on. Each block is opened in a task of its own, so that a page stays responsive.
	 */
	async readBlocks<Row extends HasId>(
		name: CollectionName,
		listings: readonly { id: string; version: string; pin: string }[],
	): Promise<Block<Row>[] | undefined> {
		const key = await this.key();
		const opened: Promise<Block<Row>>[] = [];
		const read = (from: number) =>
			this.#readSome(
				listings
					.slice(from, from + blocksAtOnce)
					.map(({ id, version }) => blockKey(name, id, version)),
			);
		let reading = read(0);
		for (let from = 0; from < listings.length; from += blocksAtOnce) {
			const records = await reading;
			// The disk goes on while these are opened.
			reading = read(from + blocksAtOnce);
			reading.catch(() => {});
			await Promise.all(opened.slice(-blocksAtOnce));
			for (const [i, record] of records.entries()) {
				const listing = listings[from + i];
				if (!record || !listing) {
					await Promise.allSettled(opened);
					return undefined;
				}
				const { id, version, pin } = listing;
				// What was asked for, whatever the record says of itself: nothing can be swapped.
				const place = blockPlace(blockKey(name, id, version));
				const block = open(this.ports.crypto, key, place, record.sealed).then(
					(bytes) => new Block(id, version, pin, new PackedRows<Row>(bytes)),
				);
				// It may fail while the next ones are read; whoever awaits them all hears of it.
				block.catch(() => {});
				opened.push(block);
			}
		}
		return Promise.all(opened);
	}

	async #readSome(keys: readonly string[]): Promise<(BlockRecord | undefined)[]> {
		return keys.length > 0 ? this.#relaxed.blocks.bulkGet([...keys]) : [];
	}

	async sealBlock(
		name: CollectionName,
		{ id, version, unpacked }: Pick<Block<HasId>, 'id' | 'version' | 'unpacked'>,
	): Promise<BlockRecord> {
		const key = blockKey(name, id, version);
		const bytes = pack(unpacked, await this.digester.of(name, unpacked));
		return { key, sealed: await seal(this.ports.crypto, await this.key(), blockPlace(key), bytes) };
	}

	/** Several at a time: the cipher works while the next ones are packed, and a page gets its turns. */
	async sealBlocks(name: CollectionName, blocks: readonly Block<HasId>[]): Promise<BlockRecord[]> {
		const records: BlockRecord[] = [];
		let sealing: Promise<BlockRecord[]> = Promise.resolve([]);
		for (let from = 0; from < blocks.length; from += blocksSealedAtOnce) {
			const before = sealing;
			const next = blocks.slice(from, from + blocksSealedAtOnce);
			sealing = Promise.all(next.map((block) => this.sealBlock(name, block)));
			// It may fail while those before it are awaited.
			sealing.catch(() => {});
			records.push(...(await before));
		}
		return [...records, ...(await sealing)];
	}

	async sealUndo(entryId: string, undo: unknown): Promise<UndoRecord> {
		const text = JSON.stringify(undo);
		const key = await this.key();
		return {
			id: entryId,
			sealed: await sealText(this.ports.crypto, key, undoPlace(entryId), text),
		};
	}

	async readUndo(entryId: string): Promise<unknown> {
		const record = await this.#relaxed.undos.get(entryId);
		if (!record) return undefined;
		const key = await this.key();
		return JSON.parse(await openText(this.ports.crypto, key, undoPlace(entryId), record.sealed));
	}

	async sealManifest(manifest: Manifest, revision: number): Promise<Sealed> {
		const text = JSON.stringify(manifest);
		return sealText(this.ports.crypto, await this.key(), headPlace(revision), text);
	}

	/** Writes blocks ahead of the commit that will name them. */
	async writeAhead(blocks: BlockRecord[]): Promise<void> {
		const database = this.#relaxed;
		await writing(database, [database.blocks], () => database.blocks.bulkPut(blocks));
	}

	async removeAhead(keys: string[]): Promise<void> {
		await this.#relaxed.blocks.bulkDelete(keys);
	}

	/** Opens the connection of strict commits, so that it is there once one is sealed. */
	prepareStrict(): void {
		const database = this.#strictDatabase();
		// Whoever writes gets the error.
		if (!database.isOpen()) database.open().catch(() => {});
	}

	#strictDatabase(): Database {
		return (this.#strict ??= this.possession.watch(openDatabase(this.name, this.ports, 'strict')));
	}

	/** One transaction: false, and nothing written, when another context advanced the head first. */
	async write(commit: SealedCommit, isStrict: boolean): Promise<boolean> {
		// Locked or taken away since all was sealed, nothing is written.
		await this.key();
		const { manifest, onRevision } = commit;
		const revision = onRevision + 1;
		const database = isStrict ? this.#strictDatabase() : this.#relaxed;
		const { heads, blocks, undos, keys } = database;
		const isWritten = await writing(database, [heads, blocks, undos, keys], async () => {
			const [stored, head] = await Promise.all([keys.get('data'), heads.get('head')]);
			// Sealed with a key that is not there, it could never be opened again.
			if (!stored) return undefined;
			if (keyNameOf(stored) !== commit.keyName) {
				this.#dataKey.keepIf(keyNameOf(stored));
				return false;
			}
			if (head && head.format > format) throw new VaultProblem('newer-format');
			if ((head?.revision ?? 0) !== onRevision) return false;
			// Carried out in this order: what an undo leaves may replace the record deleted before it.
			await Promise.all([
				blocks.bulkPut(commit.blocks),
				commit.goneUndos.length > 0 && undos.bulkDelete(commit.goneUndos),
				commit.undos.length > 0 && undos.bulkPut(commit.undos),
				commit.gone.length > 0 && blocks.bulkDelete(commit.gone),
				heads.put({ id: 'head', format, revision, manifest, key: commit.keyName }),
			]);
			return true;
		});
		if (isWritten === undefined) this.possession.lose();
		this.possession.check();
		return isWritten ?? false;
	}

	close(): void {
		this.possession.letGo();
	}
}
