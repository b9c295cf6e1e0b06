import { noted } from '$lib/domain/client-change.ts';
import type { Contact, Relationship } from '$lib/domain/contact.ts';
import { type Edits, mergeEdits } from '$lib/domain/edits.ts';
import type { Vault } from '$lib/vault/types.ts';
import { addressError, tidy } from '../add-client.ts';
import { type Changed, stampNow } from '../change-clients.ts';

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

export type ContactOutcome =
	| { kind: 'saved'; entryId: string }
	| { kind: 'unchanged' }
	/** Another tab changed the same fields meanwhile; nothing was saved. */
	| { kind: 'clash'; fields: (keyof ContactDraft)[] }
	/** The card, or its client, is not here any more. */
	| { kind: 'gone' };

/** Adds a contact card, as a commit that can be undone. Throws VaultProblem. */
export async function addContact(
	vault: Vault,
	clientId: string,
	contactId: string,
	draft: ContactDraft,
): Promise<ContactOutcome> {
	const contact: Contact = { id: contactId, clientId, importId: '', ...tidied(draft) };
	const clientChanges = [noted('contact-saved', [{ id: clientId }], stampNow())];
	const receipt = await vault.commit(
		(state) =>
			state.get('clients', clientId) ? { put: { contacts: [contact], clientChanges } } : undefined,
		{ what: 'contact saved', count: 1, canUndo: true },
		{ needs: ['clients', 'contacts', 'clientChanges'] },
	);
	return receipt ? { kind: 'saved', entryId: receipt.entryId } : { kind: 'gone' };
}

/**
 * Saves the edited fields of a card, as a commit that can be undone; who has access to the portal by
 * this card gets its name and address. Throws VaultProblem.
 */
export async function saveContact(
	vault: Vault,
	contactId: string,
	edits: Edits<ContactDraft>,
): Promise<ContactOutcome> {
	const stamp = stampNow();
	let outcome: ContactOutcome = { kind: 'gone' };
	const receipt = await vault.commit(
		(state) => {
			const known = state.get('contacts', contactId);
			if (!known) {
				outcome = { kind: 'gone' };
				return undefined;
			}
			const merged = mergeEdits<ContactDraft>(known, edits);
			outcome = merged.kind === 'clash' ? merged : { kind: 'unchanged' };
			if (merged.kind !== 'changed') return undefined;
			const contact: Contact = { ...known, ...merged.row };
			const { name, emailAddress } = contact;
			const portalUsers = state
				.rows('portalUsers')
				.filter((user) => user.contactId === contactId)
				.map((user) => ({ ...user, name, emailAddress }));
			const clientChanges = [noted('contact-saved', [{ id: known.clientId }], stamp)];
			return { put: { contacts: [contact], portalUsers, clientChanges } };
		},
		{ what: 'contact saved', count: 1, canUndo: true },
		{ needs: ['contacts', 'portalUsers', 'clientChanges'] },
	);
	return receipt ? { kind: 'saved', entryId: receipt.entryId } : outcome;
}

/** Without blanks around. */
export function tidied({ name, emailAddress, phone, relationship }: ContactDraft): ContactDraft {
	return {
		name: tidy(name),
		emailAddress: emailAddress.trim(),
		phone: tidy(phone),
		relationship,
	};
}

/** Removes a contact card; one that was made from a client takes her profile with it. Throws VaultProblem. */
export async function removeContact(vault: Vault, contactId: string): Promise<Changed> {
	const stamp = stampNow();
	const receipt = await vault.commit(
		(state) => {
			const contact = state.get('contacts', contactId);
			if (!contact) return undefined;
			const done = noted('contact-removed', [{ id: contact.clientId }], stamp);
			return { put: { clientChanges: [done] }, remove: { contacts: [contactId] } };
		},
		{ what: 'contact removed', count: 1, canUndo: true },
		{ needs: ['contacts', 'clientChanges'] },
	);
	return { count: receipt ? 1 : 0, entryId: receipt?.entryId ?? '' };
}
