import { cancel } from '$lib/domain/by-hand.ts';
import { bulkEdited, fieldsOf, type BulkEdit } from '$lib/domain/bulk-edit.ts';
import { noted, type Stamp } from '$lib/domain/client-change.ts';
import type { Client } from '$lib/domain/client.ts';
import { idsOf } from '$lib/domain/former-ids.ts';
import type { Message } from '$lib/domain/message.ts';
import { openMessagesOf } from '$lib/domain/open-messages.ts';
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
	const stamp = stampNow();
	const entry = { what: 'clients edited', count: 0, canUndo: true };
	const receipt = await vault.commit(
		(state) => {
			const changed = clientsOf(state, clientIds).flatMap((client) => {
				const next = bulkEdited(client, edit);
				return next === client ? [] : [next];
			});
			entry.count = changed.length;
			if (changed.length === 0) return undefined;
			const done = noted('bulk-edited', changed, stamp, fieldsOf(edit));
			return { put: { clients: changed, clientChanges: [done] } };
		},
		entry,
		{ needs: ['clients', 'clientChanges'] },
	);
	return { count: receipt ? entry.count : 0, entryId: receipt?.entryId ?? '' };
}

/**
 * Deletes clients with their contacts, portal users and what they were merged of; messages to them that have not left are called
 * back. Invitations and sent messages stay as history. Throws VaultProblem.
 */
export async function deleteClients(
	vault: Vault,
	clientIds: readonly string[],
	now: number,
): Promise<Changed> {
	const ids = new Set(clientIds);
	const entry = { what: 'clients deleted', count: 0, canUndo: true };
	const receipt = await vault.commit(
		(state) => {
			const clients = clientsOf(state, clientIds);
			entry.count = clients.length;
			if (clients.length === 0) return undefined;
			const ownIds = <Row extends { id: string; clientId: string }>(rows: readonly Row[]) =>
				rows.filter(({ clientId }) => ids.has(clientId)).map(({ id }) => id);
			const allIds = new Set(clients.flatMap(idsOf));
			const merges = state.rows('merges').filter(({ kept }) => allIds.has(kept.id));
			return {
				put: { messages: calledBack(state, clients, now) },
				remove: {
					clients: clients.map(({ id }) => id),
					contacts: ownIds(state.rows('contacts')),
					portalUsers: ownIds(state.rows('portalUsers')),
					merges: merges.map(({ id }) => id),
				},
			};
		},
		entry,
		{
			needs: ['clients', 'contacts', 'portalUsers', 'merges', 'invitations', 'messages'],
			isStrict: true,
		},
	);
	return { count: receipt ? entry.count : 0, entryId: receipt?.entryId ?? '' };
}

/** What the undo of a change of clients did. */
export interface TakenBack extends UndoReceipt {
	/** Messages that the change had called back; they stay so. */
	calledBack: number;
}

/**
 * Undoes a change of clients, three-way; `kept` counts what somebody changed since. A message that was
 * called back with it stays called back, and the history goes on. Throws VaultProblem.
 */
export async function undoChange(vault: Vault, entryId: string, count: number): Promise<TakenBack> {
	const stamp = stampNow();
	let kept = 0;
	let calledBack = 0;
	const { undone } = await vault.undo(
		entryId,
		{ what: 'change of clients taken back', count },
		{
			keeps: (_now, name) => name === 'messages' || name === 'clientChanges',
			needs: ['clientChanges'],
			also: (_now, { steps: [{ back, stays }] }) => {
				calledBack = stays.filter(({ name }) => name === 'messages').length;
				kept = stays.filter(({ name }) => name !== 'messages' && name !== 'clientChanges').length;
				const clients = (back.clients ?? []).map((id) => ({ id }));
				return { put: { clientChanges: [noted('taken-back', clients, stamp)] } };
			},
		},
	);
	return { undone, kept, calledBack };
}

/** The messages that carry an invitation of these clients and have not left, called back. */
export function calledBack(
	state: Snapshot,
	clients: readonly Client[],
	now: number,
): readonly Message[] {
	const clientIds = new Set(clients.flatMap(idsOf));
	const open = openMessagesOf(clientIds, state.table('messages'), state.table('invitations'));
	return open.flatMap(({ id }) => {
		const message = state.get('messages', id);
		return (message && cancel(message, now)) ?? [];
	});
}

export function stampNow(): Stamp {
	return { id: crypto.randomUUID(), at: Date.now() };
}

export function clientsOf(state: Snapshot, clientIds: readonly string[]): Client[] {
	return clientIds.flatMap((id) => state.get('clients', id) ?? []);
}
