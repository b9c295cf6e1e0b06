import type { Client } from './client.ts';
import type { Contact } from './contact.ts';
import { isEmailAddress, normaliseEmailAddress } from './email-address.ts';
import type { Message } from './message.ts';
import type { Table } from './table.ts';

/** Who is written to about a client in place of the client. */
export interface Addressee {
	/** The contact card that says so. */
	contactId: string;
	name: string;
	/** As it was written, without blanks around; '' where mail can go to none. */
	emailAddress: string;
}

/** The guardian of each client who has one: the first whom mail can reach, else the first. */
export function guardiansOf(contacts: Table<Contact>): ReadonlyMap<string, Addressee> {
	const guardians = new Map<string, Addressee>();
	for (const part of contacts.parts) {
		const clientIds = part.column('clientId');
		const relationships = part.column('relationship');
		const ids = part.column('id');
		const names = part.column('name');
		const emailAddresses = part.column('emailAddress');
		for (let at = 0; at < part.length; at++) {
			if (relationships.at(at) !== 'guardian') continue;
			const clientId = clientIds.at(at);
			const known = guardians.get(clientId);
			if (known && known.emailAddress !== '') continue;
			const [id, name, emailAddress] = [ids.at(at), names.at(at), emailAddresses.at(at)];
			const guardian = asAddressee({ id, name, emailAddress });
			if (!known || guardian.emailAddress !== '') guardians.set(clientId, guardian);
		}
	}
	return guardians;
}

function asAddressee({
	id,
	name,
	emailAddress,
}: Pick<Contact, 'id' | 'name' | 'emailAddress'>): Addressee {
	const address = emailAddress.trim();
	return {
		contactId: id,
		name: name.trim(),
		emailAddress: isEmailAddress(address) ? address : '',
	};
}

/**
 * Whether a message that goes to a guardian may still go: the card is there, says guardian, and has the
 * inbox; or has none, the client has it, and a person overrode that (`despite`). `isNamed`: the message
 * calls the guardian by name.
 */
export function isGuardianStill(
	contact: Contact | undefined,
	client: Pick<Client, 'emailAddress'> | undefined,
	{ toName, toAddress, despite }: Pick<Message, 'toName' | 'toAddress' | 'despite'>,
	isNamed: boolean,
): boolean {
	if (contact?.relationship !== 'guardian') return false;
	const guardian = asAddressee(contact);
	if (isNamed && guardian.name !== toName) return false;
	const own = despite.includes('guardian-without-address') ? (client?.emailAddress ?? '') : '';
	const address = guardian.emailAddress || own;
	return normaliseEmailAddress(address) === normaliseEmailAddress(toAddress);
}
