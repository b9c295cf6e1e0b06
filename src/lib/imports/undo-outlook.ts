import { fullName } from '$lib/domain/client.ts';
import type { Import, ImportKind, UndoneCounts } from '$lib/domain/import.ts';
import type { Snapshot, Stay, UndoPlan, UndoStep, Vault } from '$lib/vault/types.ts';
import { problemFrom, type ImportProblem } from './import-problem.ts';
import { countUndone, stayingClients, type StayingClients } from './undo-counts.ts';
import { planUndoImport, undoImport } from './undo-import.ts';

/** An import that an undo has to do with, and how many clients of it. */
export interface OtherImport {
	fileName: string;
	importedAt: number;
	count: number;
}

/** What undoing an import would do, worked out by the undo itself. Crosses from the worker to the page. */
export interface UndoOutlook {
	kind: 'planned';
	of: ImportKind;
	counts: UndoneCounts;
	/** Names of those who stay, by why; one text each, parted by `nameMark`, which crosses in no time. */
	names: Record<keyof StayingClients, string>;
	/** Later imports for whose undo some wait. */
	waitsFor: OtherImport[];
	/** Earlier ones, undone before, of which the rest goes with this one. */
	takesAlong: OtherImport[];
	/** Later files whose rows may have been found among those who are to be removed. */
	foundBy: string[];
}

export type UndoOutlookResult =
	UndoOutlook | { kind: 'nothing' } | { kind: 'refused'; problem: ImportProblem };

export type UndoResult =
	| { kind: 'undone'; of: ImportKind; counts: UndoneCounts }
	| { kind: 'nothing' }
	| { kind: 'refused'; problem: ImportProblem };

/** No name holds it. */
export const nameMark = '\u001f';

/** Runs an undo's planning to the end and changes nothing. Never throws. */
export async function outlookOfUndo(vault: Vault, importId: string): Promise<UndoOutlookResult> {
	try {
		const planned = await planUndoImport(vault, importId);
		const row = planned?.state.get('imports', importId);
		if (!planned || !row) return { kind: 'nothing' };
		return outlookOf(planned.plan, planned.state, row);
	} catch (error) {
		return { kind: 'refused', problem: undoProblemFrom(error) };
	}
}

/** Takes an import back and says what became of its clients. Never throws. */
export async function undoAndCount(vault: Vault, importId: string): Promise<UndoResult> {
	try {
		await undoImport(vault, importId);
		const row = (await vault.load('imports')).get('imports', importId);
		if (!row?.undone) return { kind: 'nothing' };
		return { kind: 'undone', of: row.kind ?? 'clients', counts: row.undone };
	} catch (error) {
		return { kind: 'refused', problem: undoProblemFrom(error) };
	}
}

function undoProblemFrom(error: unknown): ImportProblem {
	const problem = problemFrom(error);
	if (problem.kind !== 'failed') return problem;
	const message =
		'The undo stopped because of an unexpected error. Nothing was changed. Try again, or with another browser.';
	return { ...problem, message };
}

function outlookOf({ steps }: UndoPlan, state: Snapshot, row: Import): UndoOutlook {
	const [step, ...rest] = steps;
	const staying = stayingClients(step, state);
	const named = (ids: ReadonlySet<string>) =>
		[...ids].map((id) => nameOf(id, state)).join(nameMark);
	const takesAlong = rest.flatMap((along) => otherImport(along, state));
	const counts = countUndone(step, state);
	counts.alsoRemoved = takesAlong.reduce((sum, { count }) => sum + count, 0);
	return {
		kind: 'planned',
		of: row.kind ?? 'clients',
		counts,
		names: {
			invited: named(staying.invited),
			edited: named(staying.edited),
			changedLater: named(staying.changedLater),
			backInPart: named(staying.backInPart),
			stay: named(staying.stay),
		},
		waitsFor: waitsFor(step.stays, state),
		takesAlong,
		foundBy: counts.removed === 0 ? [] : laterFinders(row, state),
	};
}

function nameOf(clientId: string, state: Snapshot): string {
	const client = state.get('clients', clientId);
	return (client && (fullName(client) || client.emailAddress)) || 'A client without a name';
}

function waitsFor(stays: readonly Stay[], state: Snapshot): OtherImport[] {
	const counts = new Map<string, number>();
	for (const { name, isNew, reason, by } of stays)
		if (name === 'clients' && isNew && reason === 'layer')
			counts.set(by, (counts.get(by) ?? 0) + 1);
	return state.rows('imports').flatMap(({ entryId, fileName, importedAt }) => {
		const count = counts.get(entryId);
		return count === undefined ? [] : [{ fileName, importedAt, count }];
	});
}

function otherImport({ entryId, removed }: UndoStep, state: Snapshot): OtherImport[] {
	const row = state.rows('imports').find((row) => row.entryId === entryId);
	const count = removed.clients?.length ?? 0;
	return row && count > 0 ? [{ fileName: row.fileName, importedAt: row.importedAt, count }] : [];
}

function laterFinders(row: Import, state: Snapshot): string[] {
	const names = state
		.rows('imports')
		.filter(
			({ id, kind, importedAt, undoneAt, counts }) =>
				id !== row.id &&
				kind !== 'portal-status' &&
				importedAt >= row.importedAt &&
				undoneAt === 0 &&
				counts.unchanged > 0,
		)
		.map(({ fileName }) => fileName);
	return [...new Set(names)];
}
