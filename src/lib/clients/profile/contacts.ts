import type { Contact, Relationship } from '$lib/domain/contact.ts';
import type { Vault } from '$lib/vault/types.ts';
import { addressError } from '../add-client.ts';
import type { Changed } from '../change-clients.ts';

/** What a person types of a contact. */
export interface ContactDraft {
	name: string;
	emailAddress: string;
	phone: string;
	relationship: Relationship;
}

export const blankContact: ContactDraft = {
	name: '',
	emailAddress: '',
	phone: '',
	relationship: 'guardian',
};

export interface ContactErrors {
	name: string;
	emailAddress: string;
}

/** What is wrong and how to mend it; a name is enough. */
export function checkContact({ name, emailAddress }: ContactDraft): ContactErrors {
	return {
		name: name.trim() === '' ? 'Enter a name.' : '',
		emailAddress: addressError(emailAddress),
	};
}

/** Adds a contact (a new id) or changes one, as a commit that can be undone. Throws VaultProblem. */
export async function saveContact(
	vault: Vault,
	clientId: string,
	contactId: string,
	draft: ContactDraft,
): Promise<Changed> {
	const receipt = await vault.commit(
		(state) => {
			if (!state.get('clients', clientId)) return undefined;
			const known = state.get('contacts', contactId);
			const contact: Contact = {
				...(known ?? { id: contactId, clientId, importId: '' }),
				name: draft.name.trim(),
				emailAddress: draft.emailAddress.trim(),
				phone: draft.phone.trim(),
				relationship: draft.relationship,
			};
			return { put: { contacts: [contact] } };
		},
		{ what: 'contact saved', count: 1, canUndo: true },
		{ needs: ['clients', 'contacts'] },
	);
	return { count: receipt ? 1 : 0, entryId: receipt?.entryId ?? '' };
}

/** Removes a contact card; one that was made from a client takes her profile with it. Throws VaultProblem. */
export async function removeContact(vault: Vault, contactId: string): Promise<Changed> {
	const receipt = await vault.commit(
		(state) =>
			state.get('contacts', contactId) ? { remove: { contacts: [contactId] } } : undefined,
		{ what: 'contact removed', count: 1, canUndo: true },
		{ needs: ['contacts'] },
	);
	return { count: receipt ? 1 : 0, entryId: receipt?.entryId ?? '' };
}
