import type { CollectionName } from '$lib/domain/collections.ts';
import type { JournalEntry } from '$lib/domain/journal.ts';
import { liveQuery } from 'dexie';
import { browserPorts, type VaultPorts } from './database.ts';
import { Disk } from './disk.ts';
import { Memory } from './memory.ts';
import { planCommit } from './plan-commit.ts';
import { planUndo, type UndoWork } from './plan-undo.ts';
import { vaultProblemFrom } from './problems.ts';
import { StagedCommit, type StagedRows, sweepStaged } from './staging.ts';
import type {
	Changes,
	CommitOptions,
	CommitReceipt,
	EntryDraft,
	Snapshot,
	Staging,
	UndoOptions,
	UndoPlan,
	UndoReceipt,
	Vault,
} from './types.ts';
import {
	journalAfter,
	leftoversOf,
	readyToUndo,
	stackKey,
	stackOf,
	together,
} from './undo-layers.ts';
import { type UndoData, undoDataFor } from './undo-record.ts';
import { asWriter } from './writer-lock.ts';

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

/** The records that an undo takes away, the pinned version that it lets go of, and what still waits. */
interface Undoing {
	entryIds: string[];
	version: string;
	leftovers: { entryId: string; data: UndoData }[];
}

/** One commit as it is asked for. */
interface Asked {
	build: (now: Snapshot) => Changes | undefined;
	draft: EntryDraft;
	options: CommitOptions;
	staged?: StagedRows;
	undoes?: Undoing;
}

class SealedVault implements Vault {
	readonly #disk: Disk;
	readonly #ports: VaultPorts;
	readonly #memory: Memory;
	#stopFollowing: (() => void) | undefined;

	constructor(name: string, ports: VaultPorts) {
		this.#disk = new Disk(name, ports);
		this.#ports = ports;
		this.#memory = new Memory(this.#disk);
	}

	async start(): Promise<void> {
		await this.#memory.refresh([]);
		const query = liveQuery(async () => (await this.#disk.database.heads.get('head'))?.revision);
		const subscription = query.subscribe({
			next: (revision = 0) => {
				if (revision > this.#memory.head.revision) void this.#memory.refresh([]).catch(() => {});
			},
			// The next read or commit meets the same error and reports it.
			error: () => {},
		});
		this.#stopFollowing = () => subscription.unsubscribe();
		void sweepStaged(this.#disk, this.#ports).catch(() => {});
	}

	get snapshot(): Snapshot {
		return this.#memory.snapshot;
	}

	isLoaded(name: CollectionName): boolean {
		return this.#memory.shelves.has(name);
	}

	async load(...names: CollectionName[]): Promise<Snapshot> {
		try {
			await this.#memory.refresh(names);
			return this.#memory.snapshot;
		} catch (error) {
			throw vaultProblemFrom(error);
		}
	}

	follow(listener: (now: Snapshot) => void): () => void {
		return this.#memory.follow(listener);
	}

	whenLost(listener: () => void): () => void {
		return this.#disk.possession.whenLost(listener);
	}

	close(): void {
		this.#stopFollowing?.();
		this.#disk.close();
	}

	commit(
		build: (now: Snapshot) => Changes | undefined,
		draft: EntryDraft,
		options: CommitOptions,
	): Promise<CommitReceipt | undefined> {
		return this.#commit({ build, draft, options });
	}

	stage(): Staging {
		return new StagedCommit(this.#disk, this.#ports, (staged, build, draft, options) =>
			this.#commit({ build, draft, options, staged }),
		);
	}

	async undo(entryId: string, draft: EntryDraft, options: UndoOptions = {}): Promise<UndoReceipt> {
		for (;;) {
			const ready = await this.#readyToUndo(entryId, options);
			if (!ready) return { undone: 0, kept: 0 };
			const { work, key, needs } = ready;
			let receipt: UndoReceipt | undefined = { undone: 0, kept: 0 };
			const undoes: Undoing = { entryIds: [], version: work.layer.data.staged, leftovers: [] };
			await this.#commit({
				build: (now) => {
					// Another context may have undone it, or one of the others, since the records were read.
					receipt = { undone: 0, kept: 0 };
					const stack = stackOf(now, entryId, options.layers);
					if (!stack) return undefined;
					receipt = undefined;
					if (stackKey(stack) !== key) return undefined;
					const plan = this.#plan(now, work, options);
					receipt = { undone: plan.undone, kept: plan.kept };
					undoes.entryIds = plan.steps.map((step) => step.entryId);
					undoes.leftovers = leftoversOf(plan.steps);
					const journal = journalAfter(now, plan.steps);
					const changes = together(plan.changes, options.also?.(now, plan) ?? {});
					return { ...changes, put: { ...changes.put, journal } };
				},
				draft,
				options: { needs },
				undoes,
			});
			if (receipt) return receipt;
		}
	}

	async planUndo(entryId: string, options: UndoOptions = {}): Promise<UndoPlan | undefined> {
		const ready = await this.#readyToUndo(entryId, options);
		return ready && this.#plan(await this.load(...ready.needs), ready.work, options);
	}

	#plan(now: Snapshot, work: UndoWork, { keeps = () => false, belongings = [] }: UndoOptions) {
		return planUndo(now, work, { keeps, belongings });
	}

	#readyToUndo(entryId: string, options: UndoOptions) {
		return readyToUndo(this.#disk, (...names) => this.load(...names), entryId, options);
	}

	async #commit(asked: Asked): Promise<CommitReceipt | undefined> {
		const needs = [...new Set<CollectionName>([...asked.options.needs, 'journal'])];
		try {
			return await asWriter(this.#ports, this.#disk.name, async () => {
				for (;;) {
					await this.#memory.refresh(needs);
					const receipt = await this.#tryCommit(asked);
					if (receipt !== 'too late') return receipt;
				}
			});
		} catch (error) {
			throw vaultProblemFrom(error);
		}
	}

	async #tryCommit(asked: Asked): Promise<CommitReceipt | undefined | 'too late'> {
		const { draft, staged, undoes } = asked;
		const { head, shelves, snapshot } = this.#memory;
		const built = asked.build(snapshot);
		if (!built) return undefined;
		const revision = head.revision + 1;
		const entry = this.#entryOf(draft, revision);
		const journal = [...(built.put?.journal ?? []), entry];
		const changes: Changes = { ...built, put: { ...built.put, journal } };
		const { canUndo } = entry;
		const unpinned = undoes?.version ?? '';
		const plan = planCommit({ head, shelves, changes, staged, canUndo, unpinned });

		const blocks = [];
		for (const [name, { changed }] of plan.changed)
			blocks.push(...(await this.#disk.sealBlocks(name, changed)));
		const undos = [];
		for (const { entryId, data } of undoes?.leftovers ?? [])
			undos.push(await this.#disk.sealUndo(entryId, data));
		if (canUndo) {
			const data = undoDataFor(snapshot, built, staged?.version ?? '');
			undos.push(await this.#disk.sealUndo(entry.id, data));
		}
		const { manifest, gone } = plan;
		const isWritten = await this.#disk.write(
			{
				onRevision: head.revision,
				manifest,
				blocks,
				undos,
				gone,
				goneUndos: undoes?.entryIds ?? [],
			},
			asked.options.isStrict ?? false,
		);
		if (!isWritten) return 'too late';
		const advanced = this.#memory.advance({ revision, manifest }, (next) => {
			for (const [name, { changed, gone }] of plan.changed) {
				const shelf = next.get(name);
				if (shelf) next.set(name, shelf.withBlocks(changed, gone));
			}
			// Staged rows were never all in memory here; where nobody follows, whoever wants them loads them.
			if (!this.#memory.isFollowed)
				for (const name of staged?.listings.keys() ?? []) next.delete(name);
		});
		// What is written is written; trouble in reading it comes to whoever loads next.
		await advanced.catch(() => {});
		return { entryId: entry.id, revision };
	}

	#entryOf(draft: EntryDraft, revision: number): JournalEntry {
		return {
			id: draft.id ?? this.#ports.crypto.randomUUID(),
			at: this.#ports.now(),
			what: draft.what,
			count: draft.count,
			revision,
			canUndo: draft.canUndo ?? false,
		};
	}
}
