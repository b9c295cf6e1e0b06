import { noted } from '$lib/domain/client-change.ts';
import { type Edits, mergeEdits } from '$lib/domain/edits.ts';
import type { Vault } from '$lib/vault/types.ts';
import { stampNow } from '../change-clients.ts';
import { clientFrom, formOf, type ProfileForm } from './profile-form.ts';

export type ProfileOutcome =
	| { kind: 'saved'; entryId: string; before: Partial<ProfileForm> }
	| { kind: 'unchanged' }
	/** Another tab changed the same fields meanwhile; nothing was saved. */
	| { kind: 'clash'; fields: (keyof ProfileForm & string)[] }
	/** Deleted, merged or converted meanwhile. */
	| { kind: 'gone' };

/** Saves the edited fields of a profile as one commit that can be undone. Throws VaultProblem. */
export async function saveProfile(
	vault: Vault,
	clientId: string,
	edits: Edits<ProfileForm>,
): Promise<ProfileOutcome> {
	let outcome: ProfileOutcome = { kind: 'unchanged' };
	let before: Partial<ProfileForm> = {};
	const stamp = stampNow();
	const receipt = await vault.commit(
		(state) => {
			const client = state.get('clients', clientId);
			if (!client) {
				outcome = { kind: 'gone' };
				return undefined;
			}
			const stored = formOf(client);
			const merged = mergeEdits(stored, edits);
			outcome = merged.kind === 'clash' ? merged : { kind: 'unchanged' };
			if (merged.kind !== 'changed') return undefined;
			before = Object.fromEntries(merged.fields.map((field) => [field, stored[field]]));
			const clientChanges = [noted('edited', [client], stamp, merged.fields)];
			return { put: { clients: [clientFrom(merged.row, client)], clientChanges } };
		},
		{ what: 'client edited', count: 1, canUndo: true },
		{ needs: ['clients', 'clientChanges'] },
	);
	return receipt ? { kind: 'saved', entryId: receipt.entryId, before } : outcome;
}
