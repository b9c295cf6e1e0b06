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
		void sweepStaged(this.#disk, this.#ports).catch(() => {});
	}

	get snapshot(): Snapshot {
		return this.#snapshot;
	}

	isLoaded(name: CollectionName): boolean {
		return this.#shelves.has(name);
	}

	async load(...names: CollectionName[]): Promise<Snapshot> {
		try {
			await this.#refresh(names);
			return this.#snapshot;
		} catch (error) {
			throw vaultProblemFrom(error);
		}
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
		const data = await this.#readUndo(entryId);
		if (!data) return { undone: 0, kept: 0 };
		const receipt: UndoReceipt = { undone: 0, kept: 0 };
		await this.#commit(
			(now) => {
				// Another context may have undone it since this was built first.
				Object.assign(receipt, { undone: 0, kept: 0 });
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

	async #readUndo(entryId: string): Promise<UndoData | undefined> {
		try {
			for (;;) {
				const data = (await this.#disk.readUndo(entryId)) as UndoData | undefined;
				if (!data?.staged) return data;
				const head = (await this.#disk.readHead()) ?? this.#head;
				if (await this.#addPinned(data, head)) return data;
				// A kept version is gone: another context was faster, or somebody took it away.
				if (!(await this.#disk.readHead(head.revision))) throw new VaultProblem('damaged-block');
			}
		} catch (error) {
			throw vaultProblemFrom(error);
		}
	}

	/**
	 * Staged rows were not copied into the undo record: they are read from the versions kept on disk.
	 * False when one of those is gone.
	 */
	async #addPinned(data: UndoData, head: Head): Promise<boolean> {
		for (const [key, listings] of Object.entries(head.manifest.collections)) {
			const name = key as CollectionName;
			const pinned = listings.filter(([, , , pin]) => pin === data.staged);
			if (pinned.length === 0) continue;
			const wanted = pinned.map(([id, , , pin]) => ({ id, version: pin, pin }));
			const blocks = await this.#disk.readBlocks<HasId>(name, wanted);
			if (!blocks) return false;
			const undo = (data.collections[name] ??= { created: [], changed: [], removed: [] });
			for (const block of blocks) for (const row of block.rows) undo.created.push({ ...row });
		}
		return true;
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
			collections[name] = listingsOf(shelf.blocks, applied);
		}
		for (const [name, listings] of staged?.listings ?? [])
			collections[name] = [
				...(collections[name] ?? []),
				...listings.map(([id, version, rows, pin]): BlockListing => [
					id,
					version,
					rows,
					entry.canUndo ? pin : '',
				]),
			];
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
		const settled = this.#inTurn(async () => {
			if (this.#head.revision >= revision) return;
			const next = new Map(this.#shelves);
			for (const [name, { changed, gone }] of changedBlocks) {
				const shelf = next.get(name);
				if (shelf) next.set(name, shelf.withBlocks(changed, gone));
			}
			// Staged rows were never all in memory here; where nobody follows, whoever wants them loads them.
			if (this.#listeners.size === 0)
				for (const name of staged?.listings.keys() ?? []) next.delete(name);
			await this.#settle({ revision, manifest }, next);
		});
		// What is written is written; trouble in reading it comes to whoever loads next.
		await settled.catch(() => {});
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
			await this.#settle(newer ?? this.#head, next, names);
		});
	}

	/**
	 * Makes `shelves` hold what `head` lists, reading the blocks that they lack, and tells the followers.
	 * A damaged collection that is not among those asked for does not hold up the others: it counts
	 * as not loaded until somebody asks for it.
	 */
	async #settle(
		head: Head,
		shelves: Map<CollectionName, Shelf<HasId>>,
		asked: readonly CollectionName[] = [],
	): Promise<void> {
		let target = head;
		for (;;) {
			const next = await this.#readShelves(target, shelves);
			if (typeof next !== 'string') {
				this.#head = target;
				this.#shelves = next;
				this.#snapshot = snapshotOf(target.revision, next);
				this.#tell();
				return;
			}
			// A block was gone: either the head has moved on meanwhile, or somebody took it away.
			const newer = await this.#disk.readHead(target.revision);
			if (newer) target = newer;
			else if (asked.length === 0 || asked.includes(next)) throw new VaultProblem('damaged-block');
			else shelves.delete(next);
		}
	}

	#tell(): void {
		for (const listener of [...this.#listeners])
			try {
				listener(this.#snapshot);
			} catch (error) {
				// A broken screen must not make a commit that was written look as if it had failed.
				queueMicrotask(() => {
					throw error;
				});
			}
	}

	/** The shelves at `head`, or the name of a collection of which a block is missing or damaged. */
	async #readShelves(head: Head, shelves: Shelves): Promise<Shelves | CollectionName> {
		const next = new Map<CollectionName, Shelf<HasId>>();
		for (const [name, shelf] of shelves) {
			const listings = head.manifest.collections[name] ?? [];
			const lacking = listings
				.filter(([id, version]) => shelf.blocks.get(id)?.version !== version)
				.map(([id, version, , pin]) => ({ id, version, pin }));
			const read = await this.#disk.readBlocks<HasId>(name, lacking).catch((error: unknown) => {
				if (error instanceof VaultProblem && error.kind === 'damaged-block') return undefined;
				throw error;
			});
			if (!read) return name;
			// An undo lets go of kept versions without writing their blocks anew.
			const repinned = listings.flatMap(([id, version, , pin]) => {
				const block = shelf.blocks.get(id);
				return block?.version === version && block.pin !== pin ? [{ ...block, pin }] : [];
			});
			const changed = [...repinned, ...read];
			const listed = new Set(listings.map(([id]) => id));
			const gone = [...shelf.blocks.keys()].filter((id) => !listed.has(id));
			next.set(name, changed.length + gone.length > 0 ? shelf.withBlocks(changed, gone) : shelf);
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
		collections[name] = listings.flatMap(([id, current, rows, pin]): BlockListing[] => {
			if (pin !== version) return [[id, current, rows, pin]];
			if (current !== version) gone.push(blockKey(name, id, version));
			if (rows > 0) return [[id, current, rows, '']];
			gone.push(blockKey(name, id, current));
			return [];
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
