import type { CollectionName } from '$lib/domain/collections.ts';
import type { Import } from '$lib/domain/import.ts';
import type { Snapshot, UndoOptions, UndoPlan, Vault } from '$lib/vault/types.ts';
import { afterLaterUndo, countUndone } from './undo-counts.ts';

/** What 'Undo import' did: rows that went back, and rows that stayed because they were changed or invited since. */
export interface UndoneImport {
	undone: number;
	kept: number;
}

const belongings = ['contacts', 'portalUsers'] as const;
const needs = ['imports', 'invitations', 'clients', ...belongings] as const;

/**
 * Takes an import back. Clients who were invited since stay with their contacts, and so does every
 * field that somebody changed since. What a later import changed waits until that one is undone and
 * goes with it. Undoing twice does nothing more. The import's row keeps what became of its clients.
 */
export async function undoImport(
	vault: Vault,
	importId: string,
	now: () => number = Date.now,
): Promise<UndoneImport> {
	const row = (await vault.load(...needs)).get('imports', importId);
	if (!row || row.undoneAt > 0) return { undone: 0, kept: 0 };
	const receipt = await vault.undo(
		row.entryId,
		{
			what: row.kind === 'portal-status' ? 'portal status put back' : 'undo import',
			count: row.counts.created + row.counts.updated,
		},
		{
			...undoRules(),
			also: (state, plan) => ({ put: { imports: rowsAfter(state, plan, importId, now()) } }),
		},
	);
	// The import's own row stays, to say that it was undone.
	return { ...receipt, kept: Math.max(0, receipt.kept - 1) };
}

/** What undoing the import would do now; undefined when it is undone or cannot be. */
export async function planUndoImport(
	vault: Vault,
	importId: string,
): Promise<{ plan: UndoPlan; state: Snapshot } | undefined> {
	const row = (await vault.load(...needs)).get('imports', importId);
	if (!row || row.undoneAt > 0) return undefined;
	const plan = await vault.planUndo(row.entryId, undoRules());
	return plan && { plan, state: vault.snapshot };
}

/** The rules for any import's undo, an older one's waiting rest included. */
function undoRules(): UndoOptions {
	return {
		needs,
		belongings,
		keeps: keepInvited(),
		layers: (state) =>
			state
				.rows('imports')
				// One that only added clients touches nobody else's.
				.filter(({ undoneAt, counts }) => undoneAt === 0 && counts.updated > 0)
				.map(({ entryId }) => entryId),
	};
}

/** The rows of the imports that an undo is about, with what became of their clients. */
function rowsAfter(state: Snapshot, plan: UndoPlan, importId: string, now: number): Import[] {
	const byEntry = new Map(state.rows('imports').map((row) => [row.entryId, row]));
	const [first, ...rest] = plan.steps;
	const rows: Import[] = [];
	let alsoRemoved = 0;
	for (const step of rest) {
		alsoRemoved += step.removed.clients?.length ?? 0;
		const row = byEntry.get(step.entryId);
		if (row?.undone) rows.push({ ...row, undone: afterLaterUndo(row.undone, step, state) });
	}
	const row = state.get('imports', importId);
	if (!row) return rows;
	const undone = { ...countUndone(first, state), alsoRemoved };
	return [...rows, { ...row, undoneAt: now, undone }];
}

/**
 * Whether a row is, or belongs to, a client who was invited since the import that wrote it: a wish to
 * invite her rests on what it said of her. The import's own row always stays.
 */
function keepInvited(): NonNullable<UndoOptions['keeps']> {
	let known: Snapshot | undefined;
	let lastInvited = new Map<string, number>();
	let importByEntry = new Map<string, Import>();
	function look(state: Snapshot): void {
		if (state === known) return;
		known = state;
		lastInvited = new Map();
		for (const { clientId, invitedAt } of state.rows('invitations'))
			lastInvited.set(clientId, Math.max(invitedAt, lastInvited.get(clientId) ?? 0));
		importByEntry = new Map(state.rows('imports').map((row) => [row.entryId, row]));
	}
	return (state, name: CollectionName, id, entryId) => {
		if (name === 'imports') return true;
		if (name !== 'clients' && name !== 'contacts') return false;
		look(state);
		if (lastInvited.size === 0) return false;
		const from = importByEntry.get(entryId);
		// What a file said of the portal is not what an invitation rests on.
		if (from?.kind === 'portal-status') return false;
		const clientId = name === 'clients' ? id : (state.get('contacts', id)?.clientId ?? '');
		const invitedAt = lastInvited.get(clientId);
		if (invitedAt === undefined) return false;
		const isItsOwn = from !== undefined && state.get('clients', clientId)?.importId === from.id;
		return isItsOwn || invitedAt >= (from?.importedAt ?? 0);
	};
}
