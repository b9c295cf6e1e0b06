import type { CollectionName } from '$lib/domain/collections.ts';

/**
 * The format of blocks and head that this code writes; it reads those before, too. 2 has columns of numbers,
 * and a byte for the length of a short text; 3 columns of counted ids, and of lists of texts; 4 texts in
 * hex as the bytes that they say.
 */
export const format = 4;

/** What lies sealed on people's disks bears this for ever: with another it could not be opened. */
const sealedAs = 'portico/1';

/** One block as the head lists it: its id, the one version that counts, rows in it, a version kept for an undo. */
export type BlockListing = [id: string, version: string, rows: number, pin: string];

/** What the head seals: every block that exists. A block that it does not name is not there. */
export interface Manifest {
	nextBlock: number;
	collections: { [N in CollectionName]?: BlockListing[] };
}

export const emptyManifest: Manifest = { nextBlock: 1, collections: {} };

/**
 * Rows a block: an edit rewrites one block, so collections that change row by row have smaller ones;
 * large imports want large ones (IndexedDB charges by the record, not by the byte). But what is larger
 * than 64 KB Chromium keeps in a file of its own, which takes twice as long to read.
 */
export function rowsPerBlock(name: CollectionName): number {
	return name === 'messages' || name === 'journal' ? 256 : 512;
}

export const headPlace = (revision: number) => `${sealedAs}/head/${revision}`;

export const blockKey = (name: CollectionName, id: string, version: string) =>
	`${name}/${id}/${version}`;

export const blockPlace = (key: string) => `${sealedAs}/block/${key}`;

export const undoPlace = (entryId: string) => `${sealedAs}/undo/${entryId}`;
