import type { ClientChange } from './client-change.ts';
import type { Client } from './client.ts';
import type { Contact } from './contact.ts';
import type { Import } from './import.ts';
import type { Invitation } from './invitation.ts';
import type { JournalEntry } from './journal.ts';
import type { Merge } from './merge.ts';
import type { Letter, Message, Template } from './message.ts';
import type { PortalUser } from './portal-user.ts';
import type { Professional } from './professional.ts';
import type { SettingsRow } from './settings.ts';

/** Everything that the vault keeps, by collection. Rows are plain JSON with an `id` and are never mutated. */
export interface Collections {
	clients: Client;
	contacts: Contact;
	portalUsers: PortalUser;
	professionals: Professional;
	merges: Merge;
	clientChanges: ClientChange;
	imports: Import;
	invitations: Invitation;
	messages: Message;
	letters: Letter;
	templates: Template;
	settings: SettingsRow;
	journal: JournalEntry;
}

export type CollectionName = keyof Collections;
