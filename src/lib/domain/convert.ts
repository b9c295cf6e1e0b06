import { fullName, type Client } from './client.ts';
import type { Contact, Relationship } from './contact.ts';
import { splitFullName } from './person-name.ts';

/**
 * A client's profile turned into a contact card of another client. The whole profile rests in the card,
 * so that 'Convert back' restores it to the letter; invitations and messages stay as they are.
 */
export function contactFromClient(
	client: Client,
	options: { id: string; clientId: string; relationship: Relationship },
): Contact {
	return {
		id: options.id,
		clientId: options.clientId,
		name: nameOnCard(client),
		emailAddress: client.emailAddress,
		phone: client.phone,
		relationship: options.relationship,
		importId: client.importId,
		profile: client,
	};
}

/**
 * The profile that rests in a contact card, with what was corrected on the card since; undefined for a
 * card that never was a client.
 */
export function clientFromContact(contact: Contact): Client | undefined {
	const { profile, name, emailAddress, phone } = contact;
	if (!profile) return undefined;
	const client: Client = { ...profile, emailAddress, phone };
	if (name !== nameOnCard(profile)) {
		const { firstName, lastName } = splitFullName(name);
		Object.assign(client, { firstName, lastName });
	}
	// A corrected address has not bounced yet.
	if (emailAddress !== profile.emailAddress) client.hasBounced = false;
	return client;
}

const nameOnCard = (client: Client) => fullName(client) || client.preferredName;
