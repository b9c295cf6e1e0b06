import type { CollectionName } from '$lib/domain/collections.ts';
import type { Snapshot, Stay, UndoStep } from './types.ts';
import type { CoverOf, RowCover, UndoLayer } from './undo-cover.ts';
import { type CollectionUndo, emptyUndo, isSame, type PlainRow } from './undo-record.ts';
import type { Working } from './undo-working.ts';

export interface UndoRules {
	/** Names rows to leave, whatever they hold. */
	keeps: (now: Snapshot, name: CollectionName, id: string, entryId: string) => boolean;
	/** Collections whose rows belong to a client by `clientId`: she and they go or stay together. */
	belongings: readonly CollectionName[];
}

/** Why a row stays; `by` names the standing commit for which it waits. */
type Verdict = Pick<Stay, 'reason' | 'by'>;

const weight = { gone: 0, layer: 1, edited: 2, kept: 3 } as const;
const edited: Verdict = { reason: 'edited', by: '' };
const kept: Verdict = { reason: 'kept', by: '' };
const waits = ({ by }: RowCover): Verdict => ({ reason: 'layer', by });

type Judge = (name: CollectionName, row: PlainRow) => Verdict | undefined;

/** Undoes one commit in `working`, and says what went, what came back and what stays. */
export function planStep(
	now: Snapshot,
	working: Working,
	{ entryId, data }: UndoLayer,
	coverOf: CoverOf,
	rules: UndoRules,
): UndoStep {
	const step: UndoStep = { entryId, removed: {}, back: {}, gone: {}, stays: [], leftover: {} };
	const keeps = (name: CollectionName, id: string) => rules.keeps(now, name, id, entryId);
	const names = Object.keys(data.collections) as CollectionName[];
	const createdIn = (name: CollectionName) => data.collections[name]?.created ?? [];
	const leftoverIn = (name: CollectionName): CollectionUndo =>
		(step.leftover[name] ??= emptyUndo());

	/** Why a created row cannot go by itself; undefined when it can. */
	const judge: Judge = (name, row) => {
		const there = working.get(name, row.id);
		if (!there) return undefined;
		if (keeps(name, row.id)) return kept;
		const cover = coverOf(name, row.id);
		if (isSame(there, row)) return cover && waits(cover);
		return cover && isChangedOnlyIn(there, row, cover.fields) ? waits(cover) : edited;
	};
	const judgeTogether = withBelongings(working, createdIn, coverOf, judge, rules.belongings);

	for (const name of names) {
		const undo = data.collections[name] ?? emptyUndo();
		const removed: string[] = (step.removed[name] = []);
		const back: string[] = (step.back[name] = []);
		let gone = 0;
		for (const row of undo.created) {
			if (!working.get(name, row.id)) {
				gone += 1;
				continue;
			}
			const verdict = judgeTogether(name, row);
			if (!verdict) removed.push(row.id);
			else step.stays.push({ name, id: row.id, isNew: true, isPart: false, ...verdict });
			if (verdict?.reason === 'layer') leftoverIn(name).created.push(row);
		}
		step.gone[name] = gone;
		for (const change of undo.changed) {
			const there = working.get(name, change.id);
			const stay = { name, id: change.id, isNew: false };
			if (!there || keeps(name, change.id)) {
				const reason = there ? 'kept' : 'gone';
				step.stays.push({ ...stay, isPart: false, reason, by: '' });
				continue;
			}
			const cover = coverOf(name, change.id);
			const { row, waiting, isEdited } = fieldsBack(there, change, cover);
			if (row) {
				working.set(name, change.id, row);
				back.push(change.id);
			}
			if (waiting) leftoverIn(name).changed.push(waiting);
			if (!row || waiting || isEdited) {
				const verdict = waiting && cover && !isEdited ? waits(cover) : edited;
				step.stays.push({ ...stay, isPart: row !== undefined, ...verdict });
			}
		}
		for (const row of undo.removed) {
			if (working.get(name, row.id)) continue;
			working.set(name, row.id, row);
			back.push(row.id);
		}
	}
	// Only now, so that all were judged in the same state.
	for (const name of names)
		for (const id of step.removed[name] ?? []) working.set(name, id, undefined);
	return step;
}

/**
 * Judges a created client together with her belongings: if one of them stays, or somebody else gave
 * her one, all stay, for the weightiest reason.
 */
function withBelongings(
	working: Working,
	createdIn: (name: CollectionName) => readonly PlainRow[],
	coverOf: CoverOf,
	judge: Judge,
	belongings: readonly CollectionName[],
): Judge {
	if (belongings.length === 0) return judge;
	const clients = new Set(createdIn('clients').map(({ id }) => id));
	const stuck = new Map<string, Verdict>();
	const hold = (clientId: string, verdict: Verdict | undefined) => {
		if (!verdict) return;
		const held = stuck.get(clientId);
		if (!held || weight[held.reason] < weight[verdict.reason]) stuck.set(clientId, verdict);
	};
	const ownerOf = (row: PlainRow) =>
		typeof row.clientId === 'string' && clients.has(row.clientId) ? row.clientId : undefined;
	for (const row of createdIn('clients')) hold(row.id, judge('clients', row));
	if (clients.size > 0)
		for (const name of belongings) {
			const own = new Map(createdIn(name).map((row) => [row.id, row]));
			for (const there of working.rows(name)) {
				const owner = ownerOf(there);
				if (owner === undefined) continue;
				const row = own.get(there.id);
				const cover = coverOf(name, there.id);
				hold(owner, row ? judge(name, row) : cover ? waits(cover) : edited);
			}
		}
	return (name, row) => {
		if (name === 'clients') return stuck.get(row.id);
		const owner = belongings.includes(name) ? ownerOf(row) : undefined;
		const verdict = judge(name, row);
		const held = owner === undefined ? undefined : stuck.get(owner);
		// A client who is gone holds nothing.
		return held && working.get('clients', owner ?? '') ? held : verdict;
	};
}

function isChangedOnlyIn(there: PlainRow, row: PlainRow, fields: ReadonlySet<string>): boolean {
	for (const field of new Set([...Object.keys(there), ...Object.keys(row)]))
		if (!fields.has(field) && !isSame(there[field], row[field])) return false;
	return true;
}

type Change = CollectionUndo['changed'][number];

/** The row with what goes back, the part that waits for a later commit, and whether somebody edited the rest. */
function fieldsBack(there: PlainRow, change: Change, cover: RowCover | undefined) {
	const fields = new Map(Object.entries(there));
	const waiting: Change = { id: change.id, before: {}, after: {}, added: [] };
	let [isBack, isWaiting, isEdited] = [false, false, false];
	// A field that the commit left out is in `before` alone.
	for (const field of [...Object.keys(change.before), ...change.added]) {
		const isAdded = change.added.includes(field);
		if (cover?.fields.has(field)) {
			isWaiting = true;
			if (isAdded) waiting.added.push(field);
			else waiting.before[field] = change.before[field];
			if (Object.hasOwn(change.after, field)) waiting.after[field] = change.after[field];
		} else if (isSame(there[field], change.after[field])) {
			isBack = true;
			if (isAdded) fields.delete(field);
			else fields.set(field, change.before[field]);
		} else isEdited = true;
	}
	return {
		row: isBack ? (Object.fromEntries(fields) as PlainRow) : undefined,
		waiting: isWaiting ? waiting : undefined,
		isEdited,
	};
}
