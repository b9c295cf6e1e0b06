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
	readonly #ids: Column<string>;
	readonly #firstNames: Column<string>;
	readonly #lastNames: Column<string>;
	readonly #preferredNames: Column<string>;
	readonly #emailAddresses: Column<string>;
	readonly #birthdays: Column<string>;
	readonly #kinds: Column<Client['kind']>;
	readonly #statuses: Column<Client['status']>;
	readonly #doNotEmails: Column<boolean>;
	readonly #bounces: Column<boolean>;
	readonly #deaths: Column<boolean>;
	readonly #joins: Column<boolean>;
	readonly #joinedSources: Column<Client['joinedSource']>;
	readonly #revocations: Column<Client['portalRevokedAt']>;
	readonly #mendings: Column<Client['bounceMendedAt']>;

	constructor(clients: Columns<Client>) {
		this.#ids = clients.column('id');
		this.#firstNames = clients.column('firstName');
		this.#lastNames = clients.column('lastName');
		this.#preferredNames = clients.column('preferredName');
		this.#emailAddresses = clients.column('emailAddress');
		this.#birthdays = clients.column('dateOfBirth');
		this.#kinds = clients.column('kind');
		this.#statuses = clients.column('status');
		this.#doNotEmails = clients.column('isDoNotEmail');
		this.#bounces = clients.column('hasBounced');
		this.#deaths = clients.column('isDeceased');
		this.#joins = clients.column('hasJoinedPortal');
		this.#joinedSources = clients.column('joinedSource');
		this.#revocations = clients.column('portalRevokedAt');
		this.#mendings = clients.column('bounceMendedAt');
	}

	get id() {
		return this.#ids.at(this.index);
	}

	get firstName() {
		return this.#firstNames.at(this.index);
	}

	get lastName() {
		return this.#lastNames.at(this.index);
	}

	get preferredName() {
		return this.#preferredNames.at(this.index);
	}

	get emailAddress() {
		return this.#emailAddresses.at(this.index);
	}

	get dateOfBirth() {
		return this.#birthdays.at(this.index);
	}

	get kind() {
		return this.#kinds.at(this.index);
	}

	get status() {
		return this.#statuses.at(this.index);
	}

	get isDoNotEmail() {
		return this.#doNotEmails.at(this.index);
	}

	get hasBounced() {
		return this.#bounces.at(this.index);
	}

	get isDeceased() {
		return this.#deaths.at(this.index);
	}

	get hasJoinedPortal() {
		return this.#joins.at(this.index);
	}

	get portalRevokedAt() {
		return this.#revocations.at(this.index);
	}

	get bounceMendedAt() {
		return this.#mendings.at(this.index);
	}

	get joinedSource() {
		return this.#joinedSources.at(this.index);
	}
}
