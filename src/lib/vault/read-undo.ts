import type { CollectionName } from '$lib/domain/collections.ts';
import type { HasId } from './block.ts';
import type { Disk } from './disk.ts';
import { emptyManifest, type Manifest } from './manifest.ts';
import { VaultProblem, vaultProblemFrom } from './problems.ts';
import { emptyUndo, type UndoData } from './undo-record.ts';

/**
 * What it takes to undo a commit; undefined when that is not kept (any more). `stagedOf` spares reading
 * the staged rows of other collections. Throws VaultProblem.
 */
export async function readUndo(
	disk: Disk,
	entryId: string,
	stagedOf?: readonly CollectionName[],
): Promise<UndoData | undefined> {
	try {
		for (;;) {
			const data = (await disk.readUndo(entryId)) as UndoData | undefined;
			if (!data?.staged) return data;
			const head = (await disk.readHead()) ?? { revision: 0, manifest: emptyManifest };
			if (await addPinned(disk, data, head.manifest, stagedOf)) return data;
			// A kept version is gone: another context was faster, or somebody took it away.
			if (!(await disk.readHead(head.revision))) throw new VaultProblem('damaged-block');
		}
	} catch (error) {
		throw vaultProblemFrom(error);
	}
}

/**
 * Staged rows were not copied into the undo record: they are read from the versions kept on disk.
 * False when one of those is gone.
 */
async function addPinned(
	disk: Disk,
	data: UndoData,
	manifest: Manifest,
	stagedOf: readonly CollectionName[] | undefined,
): Promise<boolean> {
	for (const [key, listings] of Object.entries(manifest.collections)) {
		const name = key as CollectionName;
		if (stagedOf && !stagedOf.includes(name)) continue;
		const pinned = listings.filter(([, , , pin]) => pin === data.staged);
		if (pinned.length === 0) continue;
		const wanted = pinned.map(([id, , , pin]) => ({ id, version: pin, pin }));
		const blocks = await disk.readBlocks<HasId>(name, wanted);
		if (!blocks) return false;
		const undo = (data.collections[name] ??= emptyUndo());
		for (const block of blocks) for (const row of block.rows) undo.created.push({ ...row });
	}
	return true;
}
