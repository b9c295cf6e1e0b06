import type { Contact } from '$lib/domain/contact.ts';
import { findContact } from './merge-client.ts';
import type { ContactDraft } from './read-contacts.ts';

/** A contact that a row adds or changes. */
export interface ContactChange {
	/** Undefined for a new contact. */
	before: Contact | undefined;
	after: Contact;
}

export interface PlannedContacts {
	fresh(draft: ContactDraft, clientId: string): Contact;
	/** What the drafts add to and change in a known client's contacts. */
	merge(
		drafts: readonly ContactDraft[],
		clientId: string,
		mergeOne: (known: Contact, draft: ContactDraft) => Contact,
	): ContactChange[];
	/** Whether `merge` would find nothing to change. */
	areKnown(
		drafts: readonly ContactDraft[],
		clientId: string,
		mergeOne: (known: Contact, draft: ContactDraft) => Contact,
	): boolean;
}

export function makePlannedContacts(
	existing: readonly Contact[],
	{ importId, newId }: { importId: string; newId: () => string },
): PlannedContacts {
	let byClient: Map<string, Contact[]> | undefined;

	function contactsOf(clientId: string): readonly Contact[] {
		if (!byClient) {
			byClient = new Map();
			for (const contact of existing) {
				const siblings = byClient.get(contact.clientId);
				if (siblings) siblings.push(contact);
				else byClient.set(contact.clientId, [contact]);
			}
		}
		return byClient.get(clientId) ?? [];
	}

	const fresh = (draft: ContactDraft, clientId: string): Contact => ({
		id: newId(),
		clientId,
		name: draft.name,
		emailAddress: draft.emailAddress,
		phone: draft.phone,
		relationship: draft.relationship,
		importId,
	});

	return {
		fresh,
		areKnown: (drafts, clientId, mergeOne) =>
			drafts.every((draft) => {
				const known = findContact(contactsOf(clientId), draft);
				return known !== undefined && mergeOne(known, draft) === known;
			}),
		merge(drafts, clientId, mergeOne) {
			const changes: ContactChange[] = [];
			for (const draft of drafts) {
				const before = findContact(contactsOf(clientId), draft);
				if (!before) {
					changes.push({ before, after: fresh(draft, clientId) });
					continue;
				}
				const after = mergeOne(before, draft);
				if (after !== before) changes.push({ before, after });
			}
			return changes;
		},
	};
}
