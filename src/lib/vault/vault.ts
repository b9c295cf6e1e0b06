import type { CollectionName, Collections } from '$lib/domain/collections.ts';
import type { JournalEntry } from '$lib/domain/journal.ts';
import { liveQuery } from 'dexie';
import { applyChanges } from './apply.ts';
import { browserPorts, type VaultPorts } from './database.ts';
import { Disk, type Head } from './disk.ts';
import { blockKey, type BlockListing, emptyManifest, rowsPerBlock } from './manifest.ts';
import { VaultProblem, vaultProblemFrom } from './problems.ts';
import { type Block, type HasId, Shelf } from './shelf.ts';
import { StagedCommit, type StagedRows, sweepStaged } from './staging.ts';
import type {
	Changes,
	CommitOptions,
	CommitReceipt,
	EntryDraft,
	Snapshot,
	Staging,
	UndoReceipt,
	Vault,
} from './types.ts';
import { namesIn, planUndo, type UndoData, undoDataFor } from './undo-record.ts';

type Shelves = ReadonlyMap<CollectionName, Shelf<HasId>>;

/** A frozen tab may hold the writers' lock; after this long the compare-and-set alone must do. */
const lockPatienceMs = 10_000;

/** Opens the vault of this origin, making it when there is none. Throws VaultProblem. */
export async function openVault(name = 'portico', ports = browserPorts()): Promise<Vault> {
	const vault = new SealedVault(name, ports);
	try {
		await vault.start();
		return vault;
	} catch (error) {
		vault.close();
		throw vaultProblemFrom(error);
	}
}

class SealedVault implements Vault {
	readonly #disk: Disk;
	readonly #ports: VaultPorts;
	#head: Head = { revision: 0, manifest: emptyManifest };
	#shelves: Shelves = new Map();
	#snapshot: Snapshot = snapshotOf(0, this.#shelves);
	readonly #listeners = new Set<(now: Snapshot) => void>();
	#turn: Promise<unknown> = Promise.resolve();
	#stopFollowing: (() => void) | undefined;

	constructor(name: string, ports: VaultPorts) {
		this.#disk = new Disk(name, ports);
		this.#ports = ports;
	}

	async start(): Promise<void> {
		await this.#refresh([]);
		const query = liveQuery(async () => (await this.#disk.database.heads.get('head'))?.revision);
		const subscription = query.subscribe({
			next: (revision) => {
				if ((revision ?? 0) > this.#head.revision) void this.#refresh([]).catch(() => {});
			},
			// The next read or commit meets the same error and reports it.
			error: () => {},
		});
		this.#stopFollowing = () => subscription.unsubscribe();
		void sweepStaged(this.#disk, this.#ports, () => this.#head).catch(() => {});
	}

	get snapshot(): Snapshot {
		return this.#snapshot;
	}

	isLoaded(name: CollectionName): boolean {
		return this.#shelves.has(name);
	}

	async load(...names: CollectionName[]): Promise<Snapshot> {
		await this.#refresh(names);
		return this.#snapshot;
	}

	follow(listener: (now: Snapshot) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	close(): void {
		this.#stopFollowing?.();
		this.#disk.close();
	}

	commit(
		build: (now: Snapshot) => Changes | undefined,
		entry: EntryDraft,
		options: CommitOptions,
	): Promise<CommitReceipt | undefined> {
		return this.#commit(build, entry, options, undefined);
	}

	stage(): Staging {
		return new StagedCommit(this.#disk, this.#ports, (staged, build, entry, options) =>
			this.#commit(build, entry, options, staged),
		);
	}

	async undo(
		entryId: string,
		draft: EntryDraft,
		keeps: (now: Snapshot, name: CollectionName, id: string) => boolean = () => false,
		needs: readonly CollectionName[] = [],
	): Promise<UndoReceipt> {
		const data = (await this.#disk.readUndo(entryId)) as UndoData | undefined;
		if (!data) return { undone: 0, kept: 0 };
		await this.#addPinned(data);
		const receipt: UndoReceipt = { undone: 0, kept: 0 };
		await this.#commit(
			(now) => {
				const entry = now.get('journal', entryId);
				if (!entry?.canUndo) return undefined;
				const plan = planUndo(now, data, keeps);
				Object.assign(receipt, { undone: plan.undone, kept: plan.kept });
				const journal = [{ ...entry, canUndo: false }];
				return { ...plan.changes, put: { ...plan.changes.put, journal } };
			},
			draft,
			{ needs: [...needs, ...(Object.keys(data.collections) as CollectionName[])] },
			undefined,
			{ entryId, version: data.staged },
		);
		return receipt;
	}

	/** Staged rows were not copied into the undo record: they are read from the versions kept on disk. */
	async #addPinned(data: UndoData): Promise<void> {
		if (!data.staged) return;
		const head = (await this.#disk.readHead()) ?? this.#head;
		for (const [key, listings] of Object.entries(head.manifest.collections)) {
			const name = key as CollectionName;
			const pinned = listings.filter(([, , , pin]) => pin === data.staged);
			if (pinned.length === 0) continue;
			const wanted = pinned.map(([id, , , pin]) => ({ id, version: pin, pin }));
			const blocks = await this.#disk.readBlocks<HasId>(name, wanted);
			if (!blocks) throw new VaultProblem('damaged-block');
			const undo = (data.collections[name] ??= { created: [], changed: [], removed: [] });
			for (const block of blocks) for (const row of block.rows) undo.created.push({ ...row });
		}
	}

	async #commit(
		build: (now: Snapshot) => Changes | undefined,
		draft: EntryDraft,
		options: CommitOptions,
		staged: StagedRows | undefined,
		undoes?: { entryId: string; version: string },
	): Promise<CommitReceipt | undefined> {
		const needs = new Set<CollectionName>([...options.needs, 'journal']);
		try {
			return await this.#asWriter(async () => {
				for (;;) {
					await this.#refresh([...needs]);
					const receipt = await this.#tryCommit(build, draft, options, staged, undoes);
					if (receipt !== 'too late') return receipt;
				}
			});
		} catch (error) {
			throw vaultProblemFrom(error);
		}
	}

	async #tryCommit(
		build: (now: Snapshot) => Changes | undefined,
		draft: EntryDraft,
		options: CommitOptions,
		staged: StagedRows | undefined,
		undoes: { entryId: string; version: string } | undefined,
	): Promise<CommitReceipt | undefined | 'too late'> {
		const base = this.#head;
		const before = this.#snapshot;
		const shelves = this.#shelves;
		const built = build(before);
		if (!built) return undefined;
		const revision = base.revision + 1;
		const entry: JournalEntry = {
			id: draft.id ?? this.#ports.crypto.randomUUID(),
			at: this.#ports.now(),
			what: draft.what,
			count: draft.count,
			revision,
			canUndo: draft.canUndo ?? false,
		};
		const changes: Changes = {
			...built,
			put: { ...built.put, journal: [...(built.put?.journal ?? []), entry] },
		};

		const collections = { ...base.manifest.collections };
		let nextBlock = base.manifest.nextBlock;
		const changedBlocks = new Map<CollectionName, { changed: Block<HasId>[]; gone: string[] }>();
		const gone: string[] = [];
		for (const name of namesIn(changes)) {
			const shelf = shelves.get(name);
			if (!shelf) throw new Error(`A commit changes ${name} without needing it`);
			const applied = applyChanges<HasId>({
				shelf,
				puts: changes.put?.[name] ?? [],
				removes: changes.remove?.[name] ?? [],
				version: String(revision),
				nextBlock,
				rowsPerBlock: rowsPerBlock(name),
			});
			nextBlock = applied.nextBlock;
			if (applied.changed.length + applied.gone.length === 0) continue;
			changedBlocks.set(name, applied);
			for (const { id } of [...applied.changed, ...applied.gone.map((id) => ({ id }))]) {
				const old = shelf.blocks.get(id);
				if (old && old.version !== old.pin) gone.push(blockKey(name, id, old.version));
			}
			for (const id of applied.gone) {
				const pin = shelf.blocks.get(id)?.pin;
				if (pin) gone.push(blockKey(name, id, pin));
			}
			collections[name] = listingsOf(shelf.blocks, applied);
		}
		for (const [name, listings] of staged?.listings ?? [])
			collections[name] = [...(collections[name] ?? []), ...listings];
		if (undoes?.version) gone.push(...unpin(collections, undoes.version));

		const blocks = [];
		for (const [name, { changed }] of changedBlocks)
			for (const block of changed) blocks.push(await this.#disk.sealBlock(name, block));
		const undo = entry.canUndo
			? await this.#disk.sealUndo(entry.id, undoDataFor(before, built, staged?.version ?? ''))
			: undefined;
		const manifest = { nextBlock, collections };
		const isWritten = await this.#disk.write(
			{ onRevision: base.revision, manifest, blocks, undo, gone, goneUndo: undoes?.entryId },
			options.isStrict ?? false,
		);
		if (!isWritten) return 'too late';
		await this.#inTurn(async () => {
			if (this.#head.revision >= revision) return;
			const next = new Map(this.#shelves);
			for (const [name, { changed, gone }] of changedBlocks) {
				const shelf = next.get(name);
				if (shelf) next.set(name, shelf.withBlocks(changed, gone));
			}
			// Staged rows were never all in memory here; whoever wants them loads them.
			for (const name of staged?.listings.keys() ?? []) next.delete(name);
			await this.#settle({ revision, manifest }, next);
		});
		return { entryId: entry.id, revision };
	}

	/** Brings the loaded collections, and `names` with them, to what the disk holds. */
	#refresh(names: readonly CollectionName[]): Promise<void> {
		return this.#inTurn(async () => {
			const newer = await this.#disk.readHead(this.#head.revision);
			const isMissing = names.some((name) => !this.#shelves.has(name));
			if (!newer && !isMissing) return;
			const next = new Map(this.#shelves);
			for (const name of names) if (!next.has(name)) next.set(name, new Shelf(new Map()));
			await this.#settle(newer ?? this.#head, next);
		});
	}

	/** Makes `shelves` hold what `head` lists, reading the blocks that they lack, and tells the followers. */
	async #settle(head: Head, shelves: Map<CollectionName, Shelf<HasId>>): Promise<void> {
		let target = head;
		for (;;) {
			const next = await this.#readShelves(target, shelves);
			if (next) {
				this.#head = target;
				this.#shelves = next;
				this.#snapshot = snapshotOf(target.revision, next);
				for (const listener of [...this.#listeners]) listener(this.#snapshot);
				return;
			}
			// A block was gone: either the head has moved on meanwhile, or somebody took it away.
			const newer = await this.#disk.readHead(target.revision);
			if (!newer) throw new VaultProblem('damaged-block');
			target = newer;
		}
	}

	async #readShelves(head: Head, shelves: Shelves): Promise<Shelves | undefined> {
		const next = new Map<CollectionName, Shelf<HasId>>();
		for (const [name, shelf] of shelves) {
			const listings = head.manifest.collections[name] ?? [];
			const lacking = listings
				.filter(([id, version]) => shelf.blocks.get(id)?.version !== version)
				.map(([id, version, , pin]) => ({ id, version, pin }));
			const read = await this.#disk.readBlocks<HasId>(name, lacking);
			if (!read) return undefined;
			const listed = new Set(listings.map(([id]) => id));
			const gone = [...shelf.blocks.keys()].filter((id) => !listed.has(id));
			next.set(name, read.length + gone.length > 0 ? shelf.withBlocks(read, gone) : shelf);
		}
		return next;
	}

	#inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
		const run = this.#turn.then(task);
		this.#turn = run.catch(() => {});
		return run;
	}

	async #asWriter<Result>(task: () => Promise<Result>): Promise<Result> {
		const { locks } = this.#ports;
		if (!locks) return task();
		const patience = new AbortController();
		const timer = setTimeout(() => patience.abort(), lockPatienceMs);
		let isHeld = false;
		try {
			return await locks.request(
				`portico/writer/${this.#disk.name}`,
				{ signal: patience.signal },
				() => {
					isHeld = true;
					clearTimeout(timer);
					return task();
				},
			);
		} catch (error) {
			if (!isHeld && patience.signal.aborted) return task();
			throw error;
		} finally {
			clearTimeout(timer);
		}
	}
}

function listingsOf(
	before: ReadonlyMap<string, Block<HasId>>,
	applied: { changed: readonly Block<HasId>[]; gone: readonly string[] },
): BlockListing[] {
	const blocks = new Map(before);
	for (const block of applied.changed) blocks.set(block.id, block);
	for (const id of applied.gone) blocks.delete(id);
	return [...blocks.values()].map(({ id, version, rows, pin }) => [id, version, rows.length, pin]);
}

/** Lets go of the versions kept for an undo that is now done; returns the keys to delete. */
function unpin(collections: { [N in CollectionName]?: BlockListing[] }, version: string): string[] {
	const gone: string[] = [];
	for (const [key, listings] of Object.entries(collections)) {
		const name = key as CollectionName;
		collections[name] = listings.map(([id, current, rows, pin]) => {
			if (pin !== version) return [id, current, rows, pin];
			if (current !== version) gone.push(blockKey(name, id, version));
			return [id, current, rows, ''];
		});
	}
	return gone;
}

function snapshotOf(revision: number, shelves: Shelves): Snapshot {
	const shelf = (name: CollectionName) => {
		const found = shelves.get(name);
		if (!found) throw new Error(`${name} is not loaded`);
		return found;
	};
	return {
		revision,
		rows: <N extends CollectionName>(name: N) =>
			shelf(name).rows as unknown as readonly Collections[N][],
		get: <N extends CollectionName>(name: N, id: string) =>
			shelf(name).get(id) as unknown as Collections[N] | undefined,
	};
}
