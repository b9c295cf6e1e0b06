import type { Client } from './client.ts';
import type { Column, Columns } from './table.ts';

/** What the report's rules ask of a client. */
export type Facts = Readonly<
	Pick<
		Client,
		| 'id'
		| 'firstName'
		| 'lastName'
		| 'preferredName'
		| 'emailAddress'
		| 'dateOfBirth'
		| 'kind'
		| 'status'
		| 'isDoNotEmail'
		| 'hasBounced'
		| 'isDeceased'
		| 'hasJoinedPortal'
		| 'joinedSource'
		| 'portalRevokedAt'
		| 'bounceMendedAt'
	>
>;

/**
 * The facts of one client after the other, by moving `index`: what no rule asks for is not read, and
 * 100,000 objects are not made. Field by field, because one getter for all of them runs much slower.
 */
export class FactsAt implements Facts {
	index = 0;
	readonly #clients: Columns<Client>;
	#ids: Column<string> | undefined;
	#firstNames: Column<string> | undefined;
	#lastNames: Column<string> | undefined;
	#preferredNames: Column<string> | undefined;
	#emailAddresses: Column<string> | undefined;
	#birthdays: Column<string> | undefined;
	#kinds: Column<Client['kind']> | undefined;
	#statuses: Column<Client['status']> | undefined;
	#doNotEmails: Column<boolean> | undefined;
	#bounces: Column<boolean> | undefined;
	#deaths: Column<boolean> | undefined;
	#joins: Column<boolean> | undefined;
	#joinedSources: Column<Client['joinedSource']> | undefined;
	#revocations: Column<Client['portalRevokedAt']> | undefined;
	#mendings: Column<Client['bounceMendedAt']> | undefined;

	constructor(clients: Columns<Client>) {
		this.#clients = clients;
	}

	get id() {
		return (this.#ids ??= this.#clients.column('id')).at(this.index);
	}

	get firstName() {
		return (this.#firstNames ??= this.#clients.column('firstName')).at(this.index);
	}

	get lastName() {
		return (this.#lastNames ??= this.#clients.column('lastName')).at(this.index);
	}

	get preferredName() {
		return (this.#preferredNames ??= this.#clients.column('preferredName')).at(this.index);
	}

	get emailAddress() {
		return (this.#emailAddresses ??= this.#clients.column('emailAddress')).at(this.index);
	}

	get dateOfBirth() {
		return (this.#birthdays ??= this.#clients.column('dateOfBirth')).at(this.index);
	}

	get kind() {
		return (this.#kinds ??= this.#clients.column('kind')).at(this.index);
	}

	get status() {
		return (this.#statuses ??= this.#clients.column('status')).at(this.index);
	}

	get isDoNotEmail() {
		return (this.#doNotEmails ??= this.#clients.column('isDoNotEmail')).at(this.index);
	}

	get hasBounced() {
		return (this.#bounces ??= this.#clients.column('hasBounced')).at(this.index);
	}

	get isDeceased() {
		return (this.#deaths ??= this.#clients.column('isDeceased')).at(this.index);
	}

	get hasJoinedPortal() {
		return (this.#joins ??= this.#clients.column('hasJoinedPortal')).at(this.index);
	}

	get portalRevokedAt() {
		return (this.#revocations ??= this.#clients.column('portalRevokedAt')).at(this.index);
	}

	get bounceMendedAt() {
		return (this.#mendings ??= this.#clients.column('bounceMendedAt')).at(this.index);
	}

	get joinedSource() {
		return (this.#joinedSources ??= this.#clients.column('joinedSource')).at(this.index);
	}
}
