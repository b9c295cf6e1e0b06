import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import type { Import } from '$lib/domain/import.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import type { Message } from '$lib/domain/message.ts';
import { Dexie, type Table } from 'dexie';

/** A client with the key that its list is sorted by. */
export type TunedClient = Client & { nameKey: string };

export type TunedDatabase = Dexie & {
	clients: Table<TunedClient, string>;
	contacts: Table<Contact, string>;
	imports: Table<Import, string>;
	invitations: Table<Invitation, string>;
	messages: Table<Message, string>;
};

/** Records written at once: more of them gain nothing. */
export const recordsAtOnce = 4_000;

/** A record a client, with no more indexes than are read: the list's order, and what is due. */
export function openTuned(): TunedDatabase {
	const database = new Dexie('tuned', { chromeTransactionDurability: 'relaxed' });
	database.version(1).stores({
		clients: 'id, nameKey',
		contacts: 'id',
		imports: 'id',
		invitations: 'id',
		messages: 'id, [state+dueAt]',
	});
	return database as TunedDatabase;
}

export async function putInChunks<Row>(
	table: Table<Row, string>,
	rows: readonly Row[],
): Promise<void> {
	for (let from = 0; from < rows.length; from += recordsAtOnce)
		await table.bulkPut(rows.slice(from, from + recordsAtOnce));
}
