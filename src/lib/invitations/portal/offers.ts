import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import { normaliseEmailAddress } from '$lib/domain/email-address.ts';
import type { PortalUser } from '$lib/domain/portal-user.ts';

/** An address that the practice knows already. */
export interface Offer {
	contactId: string;
	name: string;
	emailAddress: string;
	/** The tab where it stands. */
	whence: 'Contact Info' | 'Contacts';
}

/** The inboxes that have access. */
export function takenInboxes(users: readonly PortalUser[]): ReadonlySet<string> {
	return new Set(users.map((user) => normaliseEmailAddress(user.emailAddress)));
}

/** The addresses in Contact Info and Contacts that have no access yet, each once. */
export function offersOf(
	client: Client,
	contacts: readonly Contact[],
	users: readonly PortalUser[],
): Offer[] {
	const seen = new Set(takenInboxes(users));
	const ofContacts = contacts
		.filter((contact) => contact.clientId === client.id && contact.emailAddress.trim() !== '')
		.map(({ id: contactId, name, emailAddress }): Offer => ({
			contactId,
			name,
			emailAddress: emailAddress.trim(),
			whence: 'Contacts',
		}));
	const further = (client.otherEmailAddresses ?? []).map((emailAddress): Offer => ({
		contactId: '',
		name: users[0]?.name ?? '',
		emailAddress,
		whence: 'Contact Info',
	}));
	return [...ofContacts, ...further].filter(({ emailAddress }) => {
		const inbox = normaliseEmailAddress(emailAddress);
		if (seen.has(inbox)) return false;
		seen.add(inbox);
		return true;
	});
}
