import { cancel } from '$lib/domain/by-hand.ts';
import { bulkEdited, type BulkEdit } from '$lib/domain/bulk-edit.ts';
import type { ClientChange } from '$lib/domain/client-change.ts';
import type { Client } from '$lib/domain/client.ts';
import type { Message } from '$lib/domain/message.ts';
import type { Snapshot, UndoReceipt, Vault } from '$lib/vault/types.ts';

/** What a change of clients did; `entryId` undoes it, '' when nothing changed. */
export interface Changed {
	count: number;
	entryId: string;
}

/** Sets the same on many clients as one commit that can be undone. Throws VaultProblem. */
export async function editClients(
	vault: Vault,
	clientIds: readonly string[],
	edit: BulkEdit,
): Promise<Changed> {
	let changed: Client[] = [];
	const entry = { what: 'clients edited', count: 0, canUndo: true };
	const receipt = await vault.commit(
		(state) => {
			changed = clientsOf(state, clientIds).flatMap((client) => {
				const next = bulkEdited(client, edit);
				return next === client ? [] : [next];
			});
			entry.count = changed.length;
			if (changed.length === 0) return undefined;
			const done = noted('bulk-edited', changed, Object.keys(edit));
			return { put: { clients: changed, clientChanges: [done] } };
		},
		entry,
		{ needs: ['clients', 'clientChanges'] },
	);
	return { count: receipt ? changed.length : 0, entryId: receipt?.entryId ?? '' };
}

/**
 * Deletes clients with their contacts and portal users; messages to them that have not left are called
 * back. Invitations and sent messages stay as history. Throws VaultProblem.
 */
export async function deleteClients(
	vault: Vault,
	clientIds: readonly string[],
	now: number,
): Promise<Changed> {
	const ids = new Set(clientIds);
	let count = 0;
	const entry = { what: 'clients deleted', count: 0, canUndo: true };
	const receipt = await vault.commit(
		(state) => {
			const clients = clientsOf(state, clientIds);
			count = entry.count = clients.length;
			if (count === 0) return undefined;
			const isTheirs = ({ clientId }: { clientId: string }) => ids.has(clientId);
			const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
			return {
				put: { messages: calledBack(state, ids, now) },
				remove: {
					clients: idsOf(clients),
					contacts: idsOf(state.rows('contacts').filter(isTheirs)),
					portalUsers: idsOf(state.rows('portalUsers').filter(isTheirs)),
				},
			};
		},
		entry,
		{ needs: ['clients', 'contacts', 'portalUsers', 'messages'], isStrict: true },
	);
	return { count: receipt ? count : 0, entryId: receipt?.entryId ?? '' };
}

/** Undoes a change of clients, three-way. A message that was called back with it stays called back. */
export function undoChange(vault: Vault, entryId: string, count: number): Promise<UndoReceipt> {
	return vault.undo(
		entryId,
		{ what: 'change of clients taken back', count },
		{
			keeps: (_now, name) => name === 'messages' || name === 'clientChanges',
			needs: ['clientChanges'],
			also: (_now, plan) => {
				const clientIds = plan.steps[0].back.clients ?? [];
				const done = noted(
					'taken-back',
					clientIds.map((id) => ({ id })),
				);
				return { put: { clientChanges: [done] } };
			},
		},
	);
}

/** The messages to these clients that have not left, called back. */
export function calledBack(
	state: Snapshot,
	clientIds: ReadonlySet<string>,
	now: number,
): readonly Message[] {
	return state.rows('messages').flatMap((message) => {
		const isOpen = message.state === 'queued' || message.state === 'held';
		return isOpen && clientIds.has(message.clientId) ? (cancel(message, now) ?? []) : [];
	});
}

/** What is kept for the history of these clients. */
export function noted(
	what: ClientChange['what'],
	clients: readonly { id: string }[],
	fields: readonly string[] = [],
): ClientChange {
	const clientIds = clients.map(({ id }) => id);
	return { id: crypto.randomUUID(), at: Date.now(), what, clientIds, fields };
}

export function clientsOf(state: Snapshot, clientIds: readonly string[]): Client[] {
	return clientIds.flatMap((id) => state.get('clients', id) ?? []);
}
