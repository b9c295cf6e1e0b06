import type { CollectionName } from '$lib/domain/collections.ts';
import type { Snapshot, Vault } from '$lib/vault/types.ts';

/** What 'Undo import' did: rows that went back, and rows that stayed because they were changed or invited since. */
export interface UndoneImport {
	undone: number;
	kept: number;
}

/**
 * Takes an import back. Clients who were invited since stay with their contacts, and so does every
 * field that somebody changed since. Undoing twice does nothing more.
 */
export async function undoImport(
	vault: Vault,
	importId: string,
	now: () => number = Date.now,
): Promise<UndoneImport> {
	const before = await vault.load('imports', 'invitations', 'clients', 'contacts');
	const row = before.get('imports', importId);
	if (!row || row.undoneAt > 0) return { undone: 0, kept: 0 };
	const isKept = keepInvited();
	let ownRows = 0;
	const receipt = await vault.undo(
		row.entryId,
		{ what: 'undo import', count: row.counts.created + row.counts.updated },
		(state, name, id) => {
			// The import itself is remembered, as undone.
			if (name === 'imports') ownRows = 1;
			return name === 'imports' || isKept(state, name, id);
		},
		['imports', 'invitations', 'clients', 'contacts'],
	);
	await vault.commit(
		(state) => {
			const current = state.get('imports', importId);
			return current && { put: { imports: [{ ...current, undoneAt: now() }] } };
		},
		{ what: 'mark import undone', count: 1 },
		{ needs: ['imports'] },
	);
	return { undone: receipt.undone, kept: receipt.kept - ownRows };
}

/** Whether a row is, or belongs to, a client with an invitation; looked up once a state. */
function keepInvited(): (state: Snapshot, name: CollectionName, id: string) => boolean {
	let known: Snapshot | undefined;
	let kept = new Set<string>();
	return (state, name, id) => {
		if (state !== known) {
			known = state;
			kept = new Set(state.rows('invitations').map((invitation) => invitation.clientId));
			for (const contact of state.rows('contacts'))
				if (kept.has(contact.clientId)) kept.add(contact.id);
		}
		return (name === 'clients' || name === 'contacts') && kept.has(id);
	};
}
