import type { CollectionName } from '$lib/domain/collections.ts';
import type { JournalEntry } from '$lib/domain/journal.ts';
import { liveQuery } from 'dexie';
import { browserPorts, type VaultPorts } from './database.ts';
import { Disk } from './disk.ts';
import { KeyHolder } from './key-holder.ts';
import { journalBefore, type JournalBefore, markOf } from './journal-chain.ts';
import { Memory } from './memory.ts';
import { planCommit } from './plan-commit.ts';
import { VaultProblem, vaultProblemFrom } from './problems.ts';
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
import type * as UndoCode from './undo-commit.ts';
import type { UndoDesk, Undoing } from './undo-commit.ts';
import { undoDataFor } from './undo-record.ts';
import { asWriter } from './writer-lock.ts';

/** What a vault is opened with. */
export interface Opening {
	name: string;
	ports: VaultPorts;
	/** Of the context, where it has one; else the vault's own. */
	holder: KeyHolder | undefined;
	/** Its code comes when somebody undoes: the first screen does without. */
	undoCode: () => Promise<Pick<typeof UndoCode, 'undoCommit' | 'planOfUndo'>>;
}

/** See `openVault`. */
export async function openSealedVault(opening: Opening): Promise<Vault> {
	const vault = new SealedVault(opening);
	try {
		await vault.start();
		return vault;
	} catch (error) {
		vault.close();
		throw vaultProblemFrom(error);
	}
}

/** The same for a service worker, which may not `import()`: it undoes nothing. Throws VaultProblem. */
export function openWorkerVault(): Promise<Vault> {
	const undoCode = () => Promise.reject(new Error('A service worker undoes nothing'));
	return openSealedVault({ name: vaultName, ports: browserPorts(), holder: undefined, undoCode });
}

export const vaultName = 'portico';

/** One commit as it is asked for. */
export interface Asked {
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
	/** Its own, where nobody gave one: then it ends with the vault. */
	readonly #ownHolder: KeyHolder | undefined;
	readonly #desk: UndoDesk;
	readonly #undoCode: Opening['undoCode'];
	#stopFollowing: (() => void) | undefined;

	constructor({ name, ports, holder, undoCode }: Opening) {
		this.#ownHolder = holder ? undefined : new KeyHolder(name, ports);
		this.#disk = new Disk(name, ports, holder ?? (this.#ownHolder as KeyHolder));
		this.#ports = ports;
		this.#undoCode = undoCode;
		this.#memory = new Memory(this.#disk);
		this.#desk = {
			disk: this.#disk,
			load: (...names) => this.load(...names),
			commit: (asked) => this.#commit(asked),
		};
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

	whenLocked(listener: () => void): () => void {
		return this.#disk.holder.whenLocked(listener);
	}

	close(): void {
		this.#stopFollowing?.();
		this.#disk.close();
		this.#ownHolder?.close();
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
		const { undoCommit } = await this.#undoCode();
		return undoCommit(this.#desk, entryId, draft, options);
	}

	async planUndo(entryId: string, options: UndoOptions = {}): Promise<UndoPlan | undefined> {
		const { planOfUndo } = await this.#undoCode();
		return planOfUndo(this.#desk, entryId, options);
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
		// Before anything is sealed: whichever key that is then, it is written only if this one still counts.
		const keyName = await this.#disk.keyName();
		// Only where there are no locks can a passphrase be set while rows are staged.
		if (staged && staged.keyName !== keyName) throw new VaultProblem('not-to-be-had');
		const { head, shelves, snapshot } = this.#memory;
		const built = asked.build(snapshot);
		if (!built) return undefined;
		const revision = head.revision + 1;
		const entry = await this.#entryOf(draft, revision, journalBefore(snapshot, built));
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
				keyName,
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

	async #entryOf(
		draft: EntryDraft,
		revision: number,
		before: JournalBefore,
	): Promise<JournalEntry> {
		const entry = {
			id: draft.id ?? this.#ports.crypto.randomUUID(),
			at: this.#ports.now(),
			what: draft.what,
			count: draft.count,
			revision,
			canUndo: draft.canUndo ?? false,
		};
		return { ...entry, mark: await markOf(this.#ports.crypto, before, entry) };
	}
}
