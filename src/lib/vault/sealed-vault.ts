import type { CollectionName } from '$lib/domain/collections.ts';
import type * as DigestCode from '$lib/domain/digest-clients.ts';
import { liveQuery } from 'dexie';
import { browserPorts, type VaultPorts } from './database.ts';
import { Digester } from './digester.ts';
import { Disk } from './disk.ts';
import { KeyHolder } from './key-holder.ts';
import { Memory } from './memory.ts';
import { vaultProblemFrom } from './problems.ts';
import { StagedCommit, sweepStaged } from './staging.ts';
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
import type { UndoDesk } from './undo-commit.ts';
import { type Asked, writeCommit } from './write-commit.ts';

/** What a vault is opened with. */
export interface Opening {
	name: string;
	ports: VaultPorts;
	/** Of the context, where it has one; else the vault's own. */
	holder: KeyHolder | undefined;
	/** Its code comes when somebody undoes: the first screen does without. */
	undoCode: () => Promise<Pick<typeof UndoCode, 'undoCommit' | 'planOfUndo'>>;
	/** The same for what is worked out of clients that are stored; undefined: nothing is. */
	digestCode: (() => Promise<typeof DigestCode>) | undefined;
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
	return openSealedVault({
		name: vaultName,
		ports: browserPorts(),
		holder: undefined,
		undoCode,
		digestCode: undefined,
	});
}

export const vaultName = 'portico';

class SealedVault implements Vault {
	readonly #disk: Disk;
	readonly #ports: VaultPorts;
	readonly #memory: Memory;
	/** Its own, where nobody gave one: then it ends with the vault. */
	readonly #ownHolder: KeyHolder | undefined;
	readonly #desk: UndoDesk;
	readonly #undoCode: Opening['undoCode'];
	#stopFollowing: (() => void) | undefined;

	constructor({ name, ports, holder, undoCode, digestCode }: Opening) {
		this.#ownHolder = holder ? undefined : new KeyHolder(name, ports);
		const digester = new Digester(digestCode);
		this.#disk = new Disk(name, ports, holder ?? (this.#ownHolder as KeyHolder), digester);
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

	#commit(asked: Asked): Promise<CommitReceipt | undefined> {
		return writeCommit({ disk: this.#disk, memory: this.#memory, ports: this.#ports }, asked);
	}
}
