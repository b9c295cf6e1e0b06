import type { CollectionName } from '$lib/domain/collections.ts';
import type { JournalEntry } from '$lib/domain/journal.ts';
import { liveQuery } from 'dexie';
import { browserPorts, type VaultPorts } from './database.ts';
import { Disk } from './disk.ts';
import { Memory } from './memory.ts';
import { planCommit } from './plan-commit.ts';
import { vaultProblemFrom } from './problems.ts';
import { readUndo } from './read-undo.ts';
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
import { planUndo, undoDataFor } from './undo-record.ts';
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

/** One commit as it is asked for; an undo names the entry that it undoes and the pinned version. */
interface Asked {
	build: (now: Snapshot) => Changes | undefined;
	draft: EntryDraft;
	options: CommitOptions;
	staged?: StagedRows;
	undoes?: { entryId: string; version: string };
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

	async undo(
		entryId: string,
		draft: EntryDraft,
		keeps: (now: Snapshot, name: CollectionName, id: string) => boolean = () => false,
		needs: readonly CollectionName[] = [],
	): Promise<UndoReceipt> {
		const receipt: UndoReceipt = { undone: 0, kept: 0 };
		const data = await readUndo(this.#disk, entryId);
		if (!data) return receipt;
		const touched = Object.keys(data.collections) as CollectionName[];
		await this.#commit({
			build: (now) => {
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
			options: { needs: [...needs, ...touched] },
			undoes: { entryId, version: data.staged },
		});
		return receipt;
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
		const undo = canUndo
			? await this.#disk.sealUndo(entry.id, undoDataFor(snapshot, built, staged?.version ?? ''))
			: undefined;
		const { manifest, gone } = plan;
		const isWritten = await this.#disk.write(
			{
				onRevision: head.revision,
				manifest,
				blocks,
				undo,
				gone,
				goneUndo: undoes?.entryId,
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
