import type { CollectionName, Collections } from '$lib/domain/collections.ts';
import type { Sheet } from '$lib/domain/sheet.ts';
import type { Table } from '$lib/domain/table.ts';
import type { CollectionUndo } from './undo-record.ts';

/** A consistent view of the loaded collections at one revision. Immutable. */
export interface Snapshot {
	readonly revision: number;
	/** All rows of a loaded collection, in the order in which they came. Throws when it is not loaded. */
	rows<N extends CollectionName>(name: N): readonly Collections[N][];
	/** The same, read by field: rows that nobody asks for stay packed. */
	table<N extends CollectionName>(name: N): Table<Collections[N]>;
	/** One row of a loaded collection by its id. */
	get<N extends CollectionName>(name: N, id: string): Collections[N] | undefined;
}

/**
 * Whole rows to put (new or changed, by id), sheets of rows to add, and ids to remove. No row of a sheet has
 * an id that is there, that is put beside it, or that another one of the sheet has.
 */
export interface Changes {
	put?: { [N in CollectionName]?: readonly Collections[N][] };
	add?: { [N in Exclude<CollectionName, 'journal'>]?: Sheet<Collections[N]> };
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

export interface UndoOptions {
	/** Names rows to leave; `entryId` is the commit that wrote them. */
	keeps?: (now: Snapshot, name: CollectionName, id: string, entryId: string) => boolean;
	/** Collections that `keeps`, `layers` and `also` read. */
	needs?: readonly CollectionName[];
	/**
	 * Commits that stand and that a person may undo in any order. What a later one of them touched
	 * waits until that one is undone, and then goes with it.
	 */
	layers?: (now: Snapshot) => readonly string[];
	/** Collections whose rows belong to a client by `clientId`: she and they go or stay together. */
	belongings?: readonly CollectionName[];
	/** What else the same commit changes. */
	also?: (now: Snapshot, plan: UndoPlan) => Omit<Changes, 'add'>;
}

/** A row, or a part of it, that an undo leaves. */
export interface Stay {
	name: CollectionName;
	id: string;
	/** The commit made it, rather than changed it. */
	isNew: boolean;
	/** Some of its fields went back. */
	isPart: boolean;
	/** The caller `kept` it, somebody `edited` it, a later `layer` touched it, or it is `gone` already. */
	reason: 'kept' | 'edited' | 'layer' | 'gone';
	/** The commit for whose undo it waits; '' for none. */
	by: string;
}

/** What one commit's undo does. */
export interface UndoStep {
	entryId: string;
	/** Ids of rows that the commit made and that go. */
	removed: { [N in CollectionName]?: string[] };
	/** Ids of rows that it changed or removed and that go back. */
	back: { [N in CollectionName]?: string[] };
	/** How many rows that it made are gone already. */
	gone: { [N in CollectionName]?: number };
	stays: Stay[];
	/** What waits for a later commit's undo. */
	leftover: { [N in CollectionName]?: CollectionUndo };
}

export interface UndoPlan extends UndoReceipt {
	changes: Changes;
	/** The undo that is asked for; then earlier ones of which a part waited for it. */
	steps: [UndoStep, ...UndoStep[]];
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
	/** Three-way: a field goes back only if it still holds what the commit wrote. */
	undo(entryId: string, draft: EntryDraft, options?: UndoOptions): Promise<UndoReceipt>;
	/** What `undo` would do now; undefined when there is nothing to undo. */
	planUndo(entryId: string, options?: UndoOptions): Promise<UndoPlan | undefined>;
	/** Calls back after every change of the loaded state, made here or in another context. */
	follow(listener: (now: Snapshot) => void): () => void;
	/** Calls back when the browser took the database away from under this context: nothing is read or written from then on. */
	whenLost(listener: () => void): () => void;
	/** Calls back when this or another context locked: what is in memory must go. */
	whenLocked(listener: () => void): () => void;
	close(): void;
}
