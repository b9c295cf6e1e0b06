import type { CollectionName, Collections } from '$lib/domain/collections.ts';

/** A consistent view of the loaded collections at one revision. Immutable. */
export interface Snapshot {
	readonly revision: number;
	/** All rows of a loaded collection, in the order in which they came. Throws when it is not loaded. */
	rows<N extends CollectionName>(name: N): readonly Collections[N][];
	/** One row of a loaded collection by its id. */
	get<N extends CollectionName>(name: N, id: string): Collections[N] | undefined;
}

/** Whole rows to put (new or changed, by id) and ids to remove. */
export interface Changes {
	put?: { [N in CollectionName]?: readonly Collections[N][] };
	remove?: { [N in CollectionName]?: readonly string[] };
}

/** What the journal will say of a commit. `what` names things, never people. */
export interface EntryDraft {
	/** An id of the caller's choice, where a row must name the commit that wrote it. */
	id?: string;
	what: string;
	count: number;
	/** Keep what it takes to undo this commit. */
	canUndo?: boolean;
}

export interface CommitOptions {
	/** Collections that `build` reads or changes; they are loaded first. */
	needs: readonly CollectionName[];
	/** Wait until the disk has it: for commits that a send depends on. */
	isStrict?: boolean;
}

/** What a commit did: the journal entry's id and the head's new revision. `undefined` when `build` declined. */
export interface CommitReceipt {
	entryId: string;
	revision: number;
}

export interface UndoReceipt {
	/** Rows that went back to what they were. */
	undone: number;
	/** Rows that stayed because something changed them since, or because the caller kept them. */
	kept: number;
}

/**
 * A large commit written ahead: blocks added here stay invisible until `commit` advances the head.
 * Abandoned or crashed stagings are swept later.
 */
export interface Staging {
	/** Takes new rows; full blocks are sealed and written as they fill. */
	add<N extends CollectionName>(name: N, rows: readonly Collections[N][]): Promise<void>;
	/** Makes all staged rows and the built changes visible at once; `build` runs against the newest state. */
	commit(
		build: (now: Snapshot) => Changes | undefined,
		entry: EntryDraft,
		options: CommitOptions,
	): Promise<CommitReceipt | undefined>;
	abandon(): Promise<void>;
}

export interface Vault {
	/** Makes sure that the collections are in memory and as new as the disk; returns the state. */
	load(...names: CollectionName[]): Promise<Snapshot>;
	/** The newest state known in this context. */
	readonly snapshot: Snapshot;
	isLoaded(name: CollectionName): boolean;
	/**
	 * The one verb that changes anything: all or nothing, one transaction, against the newest state.
	 * `build` is synchronous and may run again when another context was faster; undefined declines.
	 */
	commit(
		build: (now: Snapshot) => Changes | undefined,
		entry: EntryDraft,
		options: CommitOptions,
	): Promise<CommitReceipt | undefined>;
	stage(): Staging;
	/** Three-way: a field goes back only if it still holds what the commit wrote. `keeps` names rows to leave. */
	undo(
		entryId: string,
		draft: EntryDraft,
		keeps?: (now: Snapshot, name: CollectionName, id: string) => boolean,
		needs?: readonly CollectionName[],
	): Promise<UndoReceipt>;
	/** Calls back after every change of the loaded state, made here or in another context. */
	follow(listener: (now: Snapshot) => void): () => void;
	close(): void;
}
