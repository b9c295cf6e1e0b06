import type { CollectionName } from '$lib/domain/collections.ts';
import type { Snapshot, UndoPlan } from './types.ts';
import { coverAbove, type UndoLayer } from './undo-cover.ts';
import { planStep, type UndoRules } from './undo-step.ts';
import { Working } from './undo-working.ts';

export interface UndoWork {
	layer: UndoLayer;
	/** Undone earlier, with rows that waited for the undo of a later commit. */
	leftovers: readonly UndoLayer[];
	/** Commits that stand and may be undone yet, oldest first. */
	standing: readonly UndoLayer[];
}

const keepsNothing: UndoRules = { keeps: () => false, belongings: [] };

/**
 * What undoing `layer` changes now, three-way: a created row goes only if it is still what was created,
 * a field goes back only if it still holds what was written, a removed row returns only if nobody made
 * it anew. What a later standing commit touched waits until that is undone, and then goes with it, so
 * that commits undone in any order leave what undoing them from the last to the first would.
 */
export function planUndo(now: Snapshot, work: UndoWork, rules = keepsNothing): UndoPlan {
	const working = new Working(now);
	const planned = (layer: UndoLayer) =>
		planStep(now, working, layer, coverAbove(layer.revision, work.standing), rules);
	const first = planned(work.layer);
	const rest = work.leftovers.toSorted((a, b) => b.revision - a.revision).map(planned);
	const sum = (lists: { [N in CollectionName]?: readonly string[] }) =>
		Object.values(lists).reduce((total, ids) => total + ids.length, 0);
	return {
		changes: working.changes(),
		undone: sum(first.removed) + sum(first.back),
		kept: first.stays.filter(({ isPart }) => !isPart).length,
		steps: [first, ...rest],
	};
}
