import type { Client } from '$lib/domain/client.ts';
import type { Import, PortalCounts } from '$lib/domain/import.ts';
import type { Snapshot, Vault } from '$lib/vault/types.ts';
import type { ImportProblem } from './import-problem.ts';
import { lacking, portalMarks, withMarks } from './portal-marks.ts';
import { reconcileProblem, type PlannedUpdate } from './reconcile-file.ts';
import { makeRowIds } from '$lib/vault/make-row-ids.ts';

/** What an update of the portal status did. */
export interface PortalUpdated {
	kind: 'updated';
	importId: string;
	counts: PortalCounts;
	/** Messages to clients now marked as joined that have not left yet. */
	waitingMessages: number;
}

export type UpdatePortalResult =
	PortalUpdated | { kind: 'refused'; problem: ImportProblem } | { kind: 'nothing' };

export interface UpdateOptions {
	now?: () => number;
	newId?: () => string;
}

const needs = ['clients', 'imports'] as const;

/**
 * Makes the changes that a person left checked, as one commit. `leftOut` are indexes of the update's
 * changes. Only ever in the careful direction, whatever became of the clients since they were looked
 * at; whoever is gone meanwhile counts as left out. Never throws.
 */
export async function updatePortalStatus(
	vault: Vault,
	update: PlannedUpdate,
	leftOut: ReadonlySet<number>,
	{ now = Date.now, newId = makeRowIds().next }: UpdateOptions = {},
): Promise<UpdatePortalResult> {
	try {
		const importId = newId();
		const entryId = newId();
		const importedAt = now();
		let done: { row: Import; joined: Set<string> } | undefined;
		const receipt = await vault.commit(
			(state) => {
				const { clients, counts, joined } = changesFor(state, update, leftOut, importedAt);
				done = undefined;
				if (clients.length === 0) return undefined;
				const row: Import = {
					id: importId,
					kind: 'portal-status',
					fileName: update.file.name,
					importedAt,
					counts: importCounts(counts),
					entryId,
					undoneAt: 0,
					isSample: false,
					fileHash: update.file.hash,
					product: update.file.product,
					format: update.file.format,
					portal: counts,
				};
				done = { row, joined };
				return { put: { clients, imports: [row] } };
			},
			{
				id: entryId,
				what: 'portal status updated',
				count: countChosen(update, leftOut),
				canUndo: true,
			},
			{ needs },
		);
		if (!receipt || !done?.row.portal) return { kind: 'nothing' };
		const waitingMessages = await countWaiting(vault, done.joined);
		return { kind: 'updated', importId, counts: done.row.portal, waitingMessages };
	} catch (error) {
		return { kind: 'refused', problem: reconcileProblem(error) };
	}
}

function changesFor(
	state: Snapshot,
	update: PlannedUpdate,
	leftOut: ReadonlySet<number>,
	toldAt: number,
) {
	const source = { column: update.loginColumn, toldAt };
	const clients: Client[] = [];
	const joined = new Set<string>();
	for (const [at, id] of update.clientIds.entries()) {
		if (leftOut.has(at)) continue;
		const client = state.get('clients', id);
		const marks = update.marks[at] ?? 0;
		const changed = client && withMarks(client, marks, source);
		if (!changed || changed === client) continue;
		clients.push(changed);
		if (lacking(client, marks) & portalMarks.joined) joined.add(id);
	}
	const counts = {
		...update.counts,
		updated: clients.length,
		leftOut: update.clientIds.length - clients.length,
	};
	return { clients, counts, joined };
}

const countChosen = (update: PlannedUpdate, leftOut: ReadonlySet<number>) =>
	update.clientIds.length - leftOut.size;

/** The same rows under the names that every import has, so that its sum adds up too. */
function importCounts(counts: PortalCounts): Import['counts'] {
	const { rows, updated, leftOut, unchanged, unclear, unknown, repeated, unread } = counts;
	return {
		rows,
		created: 0,
		updated,
		unchanged,
		skipped: leftOut + unclear + unknown + repeated,
		rejected: unread,
	};
}

/** Nothing is called back in silence: they are only counted, for a person to look at. */
async function countWaiting(vault: Vault, joined: ReadonlySet<string>): Promise<number> {
	if (joined.size === 0) return 0;
	const state = await vault.load('messages', 'invitations');
	const byMessage = new Set<string>();
	for (const { clientId, messageId } of state.rows('invitations'))
		if (joined.has(clientId)) byMessage.add(messageId);
	return state
		.rows('messages')
		.filter(
			({ id, clientId, state: messageState }) =>
				(messageState === 'queued' || messageState === 'held') &&
				(joined.has(clientId) || byMessage.has(id)),
		).length;
}
