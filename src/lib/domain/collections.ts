import type { Client } from './client.ts';
import type { Contact } from './contact.ts';
import type { Import } from './import.ts';
import type { Invitation } from './invitation.ts';
import type { JournalEntry } from './journal.ts';
import type { Letter, Message, Template } from './message.ts';
import type { SettingsRow } from './settings.ts';

/** Everything that the vault keeps, by collection. Rows are plain JSON with an `id` and are never mutated. */
export interface Collections {
	clients: Client;
	contacts: Contact;
	imports: Import;
	invitations: Invitation;
	messages: Message;
	letters: Letter;
	templates: Template;
	settings: SettingsRow;
	journal: JournalEntry;
}

export type CollectionName = keyof Collections;
