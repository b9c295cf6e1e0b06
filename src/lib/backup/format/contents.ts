import type { CollectionName, Collections } from '$lib/domain/collections.ts';

/**
 * The collections in the order in which a backup holds them: what is needed to judge the others comes
 * first. The order is part of the format.
 */
export const collectionNames = [
	'journal',
	'clientChanges',
	'settings',
	'professionals',
	'templates',
	'letters',
	'imports',
	'merges',
	'contacts',
	'portalUsers',
	'invitations',
	'messages',
	'clients',
] as const satisfies readonly CollectionName[];

/** A collection that is not named above would be lost: then this is no longer `never`. */
type Forgotten = Exclude<CollectionName, (typeof collectionNames)[number]>;
export const isComplete: [Forgotten] extends [never] ? true : Forgotten = true;

export type Counts = { readonly [N in CollectionName]?: number };

/** The first chunk: what is inside. */
export interface Manifest {
	kind: 'manifest';
	appVersion: string;
	/** Epoch milliseconds. */
	madeAt: number;
	/** The vault's revision that was read. */
	revision: number;
	/** The form of the rows; a higher one is a newer app's. */
	rowsForm: number;
	counts: Counts;
}

/** The form of rows that this code knows; `upgrade.ts` brings older ones to it. */
export const rowsForm = 1;

/** At most this many rows a chunk. */
export const rowsPerChunk = 512;

export interface RowsChunk<N extends CollectionName = CollectionName> {
	kind: 'rows';
	collection: N;
	rows: readonly Collections[N][];
}

/** The last chunk: what was written, counted again. */
export interface Closing {
	kind: 'end';
	/** All chunks, the manifest and this one included. */
	chunks: number;
	counts: Counts;
	/** SHA-256 over the chunks before, each hashed with what came before it; hex. */
	checksum: string;
}

/**
 * Sections of the settings that speak of this device alone: when it was backed up, what it backs up by
 * itself. They are in no backup.
 */
export const ownSettings: ReadonlySet<string> = new Set(['backup', 'auto-backup']);
