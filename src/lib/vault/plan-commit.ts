import type { CollectionName } from '$lib/domain/collections.ts';
import type { Sheet } from '$lib/domain/sheet.ts';
import { type AppliedChanges, applyChanges } from './apply.ts';
import type { Block, HasId } from './block.ts';
import type { Head } from './disk.ts';
import { blockKey, type BlockListing, type Manifest, rowsPerBlock } from './manifest.ts';
import type { Shelves } from './memory.ts';
import type { StagedRows } from './staging.ts';
import type { Changes } from './types.ts';
import { namesIn } from './undo-record.ts';

export interface CommitPlan {
	changed: ReadonlyMap<CollectionName, AppliedChanges<HasId>>;
	/** What the head will list. */
	manifest: Manifest;
	/** Keys of block versions that nothing names any more. */
	gone: string[];
}

interface Base {
	head: Head;
	shelves: Shelves;
	changes: Changes;
	/** Rows sealed already that the head is to name; pinned where the commit can be undone. */
	staged: StagedRows | undefined;
	canUndo: boolean;
	/** The staged version that an undo lets go of; '' for none. */
	unpinned: string;
}

/** Which blocks a commit writes, lists and lets go of. Touches nothing. */
export function planCommit(base: Base): CommitPlan {
	const { head, shelves, changes, staged } = base;
	const version = String(head.revision + 1);
	const collections = { ...head.manifest.collections };
	const changed = new Map<CollectionName, AppliedChanges<HasId>>();
	const gone: string[] = [];
	let { nextBlock } = head.manifest;
	for (const name of namesIn(changes)) {
		const shelf = shelves.get(name);
		if (!shelf) throw new Error(`A commit changes ${name} without needing it`);
		const applied = applyChanges<HasId>({
			shelf,
			puts: changes.put?.[name] ?? [],
			adds: name === 'journal' ? undefined : (changes.add?.[name] as Sheet<HasId> | undefined),
			removes: changes.remove?.[name] ?? [],
			version,
			nextBlock,
			rowsPerBlock: rowsPerBlock(name),
		});
		({ nextBlock } = applied);
		if (applied.changed.length + applied.gone.length === 0) continue;
		changed.set(name, applied);
		for (const id of [...applied.changed.map((block) => block.id), ...applied.gone]) {
			const old = shelf.blocks.get(id);
			if (old && old.version !== old.pin) gone.push(blockKey(name, id, old.version));
		}
		collections[name] = listingsOf(shelf.blocks, applied);
	}
	for (const [name, listings] of staged?.listings ?? []) {
		const added = listings.map(([id, version, rows, pin]): BlockListing => [
			id,
			version,
			rows,
			base.canUndo ? pin : '',
		]);
		collections[name] = [...(collections[name] ?? []), ...added];
	}
	if (base.unpinned) gone.push(...unpin(collections, base.unpinned));
	return { changed, manifest: { nextBlock, collections }, gone };
}

function listingsOf(
	before: ReadonlyMap<string, Block<HasId>>,
	applied: { changed: readonly Block<HasId>[]; gone: readonly string[] },
): BlockListing[] {
	const blocks = new Map(before);
	for (const block of applied.changed) blocks.set(block.id, block);
	for (const id of applied.gone) blocks.delete(id);
	return [...blocks.values()].map(({ id, version, length, pin }) => [id, version, length, pin]);
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
