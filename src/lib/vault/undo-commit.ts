import type { CollectionName } from '$lib/domain/collections.ts';
import type { Disk } from './disk.ts';
import { planUndo, type UndoWork } from './plan-undo.ts';
import type {
	CommitReceipt,
	EntryDraft,
	Snapshot,
	UndoOptions,
	UndoPlan,
	UndoReceipt,
} from './types.ts';
import {
	journalAfter,
	leftoversOf,
	readyToUndo,
	stackKey,
	stackOf,
	together,
} from './undo-layers.ts';
import type { UndoData } from './undo-record.ts';
import type { Asked } from './write-commit.ts';

/** The records that an undo takes away, the pinned version that it lets go of, and what still waits. */
export interface Undoing {
	entryIds: string[];
	version: string;
	leftovers: { entryId: string; data: UndoData }[];
}

/** What an undo uses of its vault. */
export interface UndoDesk {
	disk: Disk;
	load: (...names: CollectionName[]) => Promise<Snapshot>;
	commit: (asked: Asked) => Promise<CommitReceipt | undefined>;
}

/** See `Vault.undo`. */
export async function undoCommit(
	desk: UndoDesk,
	entryId: string,
	draft: EntryDraft,
	options: UndoOptions,
): Promise<UndoReceipt> {
	for (;;) {
		const ready = await readyToUndo(desk.disk, desk.load, entryId, options);
		if (!ready) return { undone: 0, kept: 0 };
		const { work, key, needs } = ready;
		let receipt: UndoReceipt | undefined = { undone: 0, kept: 0 };
		const undoes: Undoing = { entryIds: [], version: work.layer.data.staged, leftovers: [] };
		await desk.commit({
			build: (now) => {
				// Another context may have undone it, or one of the others, since the records were read.
				receipt = { undone: 0, kept: 0 };
				const stack = stackOf(now, entryId, options.layers);
				if (!stack) return undefined;
				receipt = undefined;
				if (stackKey(stack) !== key) return undefined;
				const plan = planWith(now, work, options);
				receipt = { undone: plan.undone, kept: plan.kept };
				undoes.entryIds = plan.steps.map((step) => step.entryId);
				undoes.leftovers = leftoversOf(plan.steps);
				const journal = journalAfter(now, plan.steps);
				const changes = together(plan.changes, options.also?.(now, plan) ?? {});
				return { ...changes, put: { ...changes.put, journal } };
			},
			draft,
			options: { needs },
			undoes,
		});
		if (receipt) return receipt;
	}
}

/** See `Vault.planUndo`. */
export async function planOfUndo(
	desk: UndoDesk,
	entryId: string,
	options: UndoOptions,
): Promise<UndoPlan | undefined> {
	const ready = await readyToUndo(desk.disk, desk.load, entryId, options);
	return ready && planWith(await desk.load(...ready.needs), ready.work, options);
}

function planWith(
	now: Snapshot,
	work: UndoWork,
	{ keeps = () => false, belongings = [] }: UndoOptions,
) {
	return planUndo(now, work, { keeps, belongings });
}
