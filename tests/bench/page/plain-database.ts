import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import type { Import } from '$lib/domain/import.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import type { Message } from '$lib/domain/message.ts';
import { Dexie, type Table } from 'dexie';

export type PlainClient = Client & { invitedAt?: number };

export type PlainDatabase = Dexie & {
	clients: Table<PlainClient, string>;
	contacts: Table<Contact, string>;
	imports: Table<Import, string>;
	invitations: Table<Invitation, string>;
	messages: Table<Message, string>;
};

/** A record a client, with the eight indexes that its screens would ask for. */
export function openPlain(): PlainDatabase {
	const database = new Dexie('plain');
	database.version(1).stores({
		clients:
			'id, externalId, lastName, emailAddress, phone, status, professional, addedAt, importId',
		contacts: 'id, clientId, importId',
		imports: 'id, importedAt',
		invitations: 'id, clientId, messageId, invitedAt',
		messages: 'id, clientId, invitationId, state, dueAt',
	});
	return database as PlainDatabase;
}
