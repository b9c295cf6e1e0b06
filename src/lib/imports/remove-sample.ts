import type { CommitReceipt, Changes, Snapshot, Vault } from '$lib/vault/types.ts';
import { undoImport } from './undo-import.ts';

const needs = ['imports', 'clients', 'contacts', 'portalUsers', 'invitations', 'messages'] as const;

/**
 * Removes the sample practice: its clients, also edited and invited ones, and what belongs to them.
 * Real clients stay, and what the sample changed in them goes back. The commit can be undone;
 * undefined when there is no sample. Throws VaultProblem.
 */
export async function removeSample(vault: Vault): Promise<CommitReceipt | undefined> {
	const before = await vault.load(...needs);
	for (const row of before.rows('imports'))
		if (row.isSample && row.counts.updated > 0) await undoImport(vault, row.id);
	return vault.commit(
		removal,
		{ what: 'sample practice removed', count: 1, canUndo: true },
		{ needs },
	);
}

function removal(now: Snapshot): Changes | undefined {
	const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
	const samples = now.rows('imports').filter((row) => row.isSample);
	if (samples.length === 0) return undefined;
	const sampleIds = new Set(idsOf(samples));
	const clients = now.rows('clients').filter((client) => sampleIds.has(client.importId));
	const clientIds = new Set(idsOf(clients));
	const isOwned = (row: { clientId: string }) => clientIds.has(row.clientId);
	const invitations = now.rows('invitations').filter(isOwned);
	// A message that carries a real client's invitation too stays.
	const shared = new Set<string>();
	for (const invitation of now.rows('invitations'))
		if (!isOwned(invitation)) shared.add(invitation.messageId);
	const messages = now
		.rows('messages')
		.filter((message) => isOwned(message) && !shared.has(message.id));
	return {
		remove: {
			imports: idsOf(samples),
			clients: idsOf(clients),
			contacts: idsOf(now.rows('contacts').filter(isOwned)),
			portalUsers: idsOf(now.rows('portalUsers').filter(isOwned)),
			invitations: idsOf(invitations),
			messages: idsOf(messages),
		},
	};
}
