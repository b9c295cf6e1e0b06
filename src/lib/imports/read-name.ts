import type { Client } from '$lib/domain/client.ts';
import { splitFullName, takeAside, type PersonName } from '$lib/domain/person-name.ts';
import { cellAt, tidy } from './cells.ts';
import type { RoleColumns } from './columns.ts';

/** A client with the row's name and nothing else yet; `people` where the name is that of two. */
export interface NamedClient {
	client: Client;
	people: PersonName['people'];
}

const mayNameTwo = /&|\+|\b(?:and|und|et)\b/i;
const mayHaveAside = /["“”„«»(]/;

/** Reads the name of a row: first and last name, or the whole in one column. */
export function readName(
	cells: readonly string[],
	columns: RoleColumns,
	{ importId, now }: { importId: string; now: number },
): NamedClient {
	let firstName = tidy(cellAt(cells, columns.firstName));
	let lastName = tidy(cellAt(cells, columns.lastName));
	let preferredName = tidy(cellAt(cells, columns.preferredName));
	let couple: PersonName | undefined;
	if (firstName === '' && lastName === '' && columns.fullName >= 0) {
		const name = splitFullName(tidy(cellAt(cells, columns.fullName)));
		firstName = name.firstName;
		lastName = name.lastName;
		preferredName ||= name.preferredName;
		if (name.isCouple) couple = name;
	} else if (mayNameTwo.test(firstName)) {
		// The names stay as the file has them.
		const name = splitFullName(`${firstName} ${lastName}`);
		if (name.isCouple) couple = name;
	} else if (mayHaveAside.test(firstName)) {
		const name = takeAside(firstName);
		firstName = name.rest;
		preferredName ||= name.preferredName;
	}
	const client: Client = {
		id: '',
		externalId: '',
		firstName,
		lastName,
		preferredName,
		emailAddress: '',
		phone: '',
		dateOfBirth: '',
		kind: couple ? 'couple' : 'adult',
		status: 'active',
		professional: '',
		isDoNotEmail: false,
		hasBounced: false,
		isDeceased: false,
		hasJoinedPortal: false,
		addedAt: now,
		importId,
	};
	return { client, people: couple?.people };
}

/**
 * Makes the first of two people of a row's client and returns the second. What a row says once of two
 * (address, telephone, standing, wishes) is said of both; its number, nickname and birth are one's only.
 */
export function partnerOf(client: Client, [one, two]: NonNullable<PersonName['people']>): Client {
	const kind = client.kind === 'couple' ? 'adult' : client.kind;
	const partner: Client = {
		...client,
		...two,
		kind,
		externalId: '',
		preferredName: '',
		dateOfBirth: '',
	};
	client.firstName = one.firstName;
	client.lastName = one.lastName;
	client.kind = kind;
	return partner;
}
