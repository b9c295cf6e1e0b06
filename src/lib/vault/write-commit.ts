import type { CollectionName } from '$lib/domain/collections.ts';
import type { JournalEntry } from '$lib/domain/journal.ts';
import type { VaultPorts } from './database.ts';
import type { Disk } from './disk.ts';
import { journalBefore, type JournalBefore, markOf } from './journal-chain.ts';
import type { Memory } from './memory.ts';
import { planCommit } from './plan-commit.ts';
import { VaultProblem, vaultProblemFrom } from './problems.ts';
import type { StagedRows } from './staging.ts';
import type { Changes, CommitOptions, CommitReceipt, EntryDraft, Snapshot } from './types.ts';
import type { Undoing } from './undo-commit.ts';
import { undoDataFor } from './undo-record.ts';
import { asWriter } from './writer-lock.ts';

/** One commit as it is asked for. */
export interface Asked {
	build: (now: Snapshot) => Changes | undefined;
	draft: EntryDraft;
	options: CommitOptions;
	staged?: StagedRows;
	undoes?: Undoing;
}

/** What a commit is written through. */
export interface WritingDesk {
	disk: Disk;
	memory: Memory;
	ports: VaultPorts;
}

/** Commits as `Vault.commit` says, against the newest state, as the only writer. Throws VaultProblem. */
export async function writeCommit(
	desk: WritingDesk,
	asked: Asked,
): Promise<CommitReceipt | undefined> {
	const needs = [...new Set<CollectionName>([...asked.options.needs, 'journal'])];
	try {
		return await asWriter(desk.ports, desk.disk.name, async () => {
			for (;;) {
				await desk.memory.refresh(needs);
				if (asked.options.isStrict) desk.disk.prepareStrict();
				const receipt = await tryCommit(desk, asked);
				if (receipt !== 'too late') return receipt;
			}
		});
	} catch (error) {
		throw vaultProblemFrom(error);
	}
}

async function tryCommit(
	{ disk, memory, ports }: WritingDesk,
	asked: Asked,
): Promise<CommitReceipt | undefined | 'too late'> {
	const { draft, staged, undoes } = asked;
	// Before anything is sealed: whichever key that is then, it is written only if this one still counts.
	const keyName = await disk.keyName();
	// Only where there are no locks can a passphrase be set while rows are staged.
	if (staged && staged.keyName !== keyName) throw new VaultProblem('not-to-be-had');
	const { head, shelves, snapshot } = memory;
	const built = asked.build(snapshot);
	if (!built) return undefined;
	const revision = head.revision + 1;
	const entry = await entryOf(draft, revision, journalBefore(snapshot, built), ports);
	const journal = [...(built.put?.journal ?? []), entry];
	const changes: Changes = { ...built, put: { ...built.put, journal } };
	const { canUndo } = entry;
	const unpinned = undoes?.version ?? '';
	const plan = planCommit({ head, shelves, changes, staged, canUndo, unpinned });
	const { manifest, gone } = plan;
	// It need not wait for what it names; whoever awaits it hears of its failure.
	const sealingManifest = disk.sealManifest(manifest, revision);
	sealingManifest.catch(() => {});

	const blocks = [...(staged?.last ?? [])];
	for (const [name, { changed }] of plan.changed)
		blocks.push(...(await disk.sealBlocks(name, changed)));
	const undos = [];
	for (const { entryId, data } of undoes?.leftovers ?? [])
		undos.push(await disk.sealUndo(entryId, data));
	if (canUndo) {
		const data = undoDataFor(snapshot, built, staged?.version ?? '');
		undos.push(await disk.sealUndo(entry.id, data));
	}
	const isWritten = await disk.write(
		{
			onRevision: head.revision,
			keyName,
			manifest: await sealingManifest,
			blocks,
			undos,
			gone,
			goneUndos: undoes?.entryIds ?? [],
		},
		asked.options.isStrict ?? false,
	);
	if (!isWritten) return 'too late';
	const advanced = memory.advance({ revision, manifest }, (next) => {
		for (const [name, { changed, gone }] of plan.changed) {
			const shelf = next.get(name);
			if (shelf) next.set(name, shelf.withBlocks(changed, gone));
		}
		// Staged rows were never all in memory here; where nobody follows, whoever wants them loads them.
		if (!memory.isFollowed) for (const name of staged?.listings.keys() ?? []) next.delete(name);
	});
	// What is written is written; trouble in reading it comes to whoever loads next.
	await advanced.catch(() => {});
	return { entryId: entry.id, revision };
}

async function entryOf(
	draft: EntryDraft,
	revision: number,
	before: JournalBefore,
	ports: VaultPorts,
): Promise<JournalEntry> {
	const entry = {
		id: draft.id ?? ports.crypto.randomUUID(),
		at: ports.now(),
		what: draft.what,
		count: draft.count,
		revision,
		canUndo: draft.canUndo ?? false,
	};
	return { ...entry, mark: await markOf(ports.crypto, before, entry) };
}
