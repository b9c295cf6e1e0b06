import type { Client } from './client.ts';
import type { Contact } from './contact.ts';
import { isEmailAddress, normaliseEmailAddress } from './email-address.ts';
import type { Message } from './message.ts';
import type { Column, Table } from './table.ts';

/** Who is written to about a client in place of the client. */
export interface Addressee {
	/** The contact card that says so. */
	contactId: string;
	name: string;
	/** As it was written, without blanks around; '' where mail can go to none. */
	emailAddress: string;
}

/**
 * The guardian of each client who has one: the first whom mail can reach, else the first. Of 100,000
 * cards no more is read than is asked for.
 */
export class Guardians {
	readonly #contacts: Table<Contact>;
	readonly #clientIds: Column<string>;
	readonly #relationships: Column<Contact['relationship']>;
	readonly #ids: Column<string>;
	readonly #names: Column<string>;
	readonly #emailAddresses: Column<string>;

	/** Until somebody is asked for out of turn: where the card may be of whoever comes next. */
	#next = 0;
	/** By client id, of whatever age, the place of the card; once the cards have been read. */
	#places: Map<string, number> | undefined;

	constructor(contacts: Table<Contact>) {
		this.#contacts = contacts;
		this.#clientIds = contacts.column('clientId');
		this.#relationships = contacts.column('relationship');
		this.#ids = contacts.column('id');
		this.#names = contacts.column('name');
		this.#emailAddresses = contacts.column('emailAddress');
	}

	has(clientId: string): boolean {
		return this.#read().has(clientId);
	}

	get(clientId: string): Addressee | undefined {
		const place = this.#read().get(clientId);
		return place === undefined ? undefined : this.#addresseeAt(place);
	}

	/**
	 * The address as it stands on her guardian's card, where there is a name on it and `isUsual` finds it
	 * usual; else undefined. Whoever asks for clients in the order of their cards, as an import wrote both, is
	 * spared an index of all.
	 */
	usualAddress(clientId: string, isUsual: (emailAddress: string) => boolean): string | undefined {
		const place = this.#places ? this.#places.get(clientId) : this.#inTurn(clientId);
		if (place === undefined || this.#names.at(place).trim() === '') return undefined;
		const emailAddress = this.#emailAddresses.at(place);
		return isUsual(emailAddress) ? emailAddress : undefined;
	}

	/** All cards before the next one are of others: where mail reaches that card, it is the first. */
	#inTurn(clientId: string): number | undefined {
		while (this.#next < this.#contacts.length && this.#relationships.at(this.#next) !== 'guardian')
			this.#next++;
		if (this.#next < this.#contacts.length && this.#clientIds.at(this.#next) === clientId)
			return this.#next++;
		return this.#read().get(clientId);
	}

	#read(): ReadonlyMap<string, number> {
		if (this.#places) return this.#places;
		this.#places = new Map();
		let start = 0;
		for (const part of this.#contacts.parts) {
			const clientIds = part.column('clientId');
			const relationships = part.column('relationship');
			for (let at = 0; at < part.length; at++)
				if (relationships.at(at) === 'guardian')
					this.#add(this.#places, clientIds.at(at), start + at);
			start += part.length;
		}
		return this.#places;
	}

	#add(places: Map<string, number>, clientId: string, place: number): void {
		const known = places.get(clientId);
		if (known === undefined || (!this.#canBeReached(known) && this.#canBeReached(place)))
			places.set(clientId, place);
	}

	#canBeReached(place: number): boolean {
		return this.#addresseeAt(place).emailAddress !== '';
	}

	#addresseeAt(place: number): Addressee {
		return asAddressee({
			id: this.#ids.at(place),
			name: this.#names.at(place),
			emailAddress: this.#emailAddresses.at(place),
		});
	}
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
