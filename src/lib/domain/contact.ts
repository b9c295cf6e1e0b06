import type { Client } from './client.ts';

/** What a contact is to the client. */
export type Relationship = 'guardian' | 'partner' | 'emergency' | 'other';

/** A person tied to a client: a parent, a partner, somebody to call. */
export interface Contact {
	id: string;
	clientId: string;
	name: string;
	emailAddress: string;
	phone: string;
	relationship: Relationship;
	importId: string;
	/** The client's profile that this card was made from; absent where it never was one. */
	profile?: Client;
}
