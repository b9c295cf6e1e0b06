import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import { isEqual } from '$lib/domain/equal.ts';
import { Guardians, isGuardianStill } from '$lib/domain/guardians.ts';
import { choiceAt, type ChoiceByInbox, type Household } from '$lib/domain/household.ts';
import type { ReportRow } from '$lib/domain/report.ts';
import { asTable, type Table } from '$lib/domain/table.ts';

/** What decides where a row's message goes, as it is now. */
export interface Whereabouts {
	contacts: readonly Contact[] | Table<Contact>;
	households: ChoiceByInbox;
}

/** Those of the rows whose client, guardian and household still are what the person saw when she confirmed. */
export function unchangedRows(
	rows: readonly ReportRow[],
	clients: readonly Client[] | Table<Client>,
	now: Whereabouts,
): readonly ReportRow[] {
	const table = asTable(clients);
	const goesAsSeen = routeTest(now);
	// Found among these very clients, she is who she was: nobody need be unpacked and compared.
	const others = rows.filter(({ foundIn }) => foundIn !== table);
	const isSeen = sameClients(others, table);
	const same = rows.filter((row) => (row.foundIn === table || isSeen.has(row)) && goesAsSeen(row));
	return same.length === rows.length ? rows : same;
}

/** Rows that another tab's commit brought back from disk are equal but not the same. */
function sameClients(rows: readonly ReportRow[], table: Table<Client>): ReadonlySet<ReportRow> {
	const isSame = new Set<ReportRow>();
	if (rows.length === 0) return isSame;
	const seen = new Map(rows.map((row) => [row.clientId, row]));
	let start = 0;
	for (const part of table.parts) {
		const ids = part.column('id');
		for (let index = 0; index < part.length; index++) {
			const row = seen.get(ids.at(index));
			const client = row && table.row(start + index);
			if (client && (row.client === client || isEqual(row.client, client))) isSame.add(row);
		}
		start += part.length;
	}
	return isSame;
}

function routeTest({ contacts, households }: Whereabouts): (row: ReportRow) => boolean {
	const table = asTable(contacts);
	let known: Guardians | undefined;
	const guardians = () => (known ??= new Guardians(table));
	let placesById: ReadonlyMap<string, number> | undefined;
	const places = () => (placesById ??= placesOf(table));
	const hasChoices = Object.keys(households).length > 0;
	return (row) => {
		const { addressee, household } = row;
		// An inbox as a key of an object is dear where nobody chose anything.
		const isOneEach = hasChoices && choiceAt(households, row.inbox) === 'each';
		if (isOneEach !== (row.isOneEach ?? false)) return false;
		if (household && isToGuardian(household, households) !== (household.choice === 'guardian'))
			return false;
		if (!addressee) return !row.isMinor || !guardians().has(row.clientId);
		const place = places().get(addressee.contactId);
		const contact = place === undefined ? undefined : table.row(place);
		const about = {
			toName: addressee.name,
			toAddress: addressee.emailAddress,
			despite: row.reasons.map(({ kind }) => kind),
		};
		return isGuardianStill(contact, row.client, about, true);
	};
}

function placesOf(contacts: Table<Contact>): ReadonlyMap<string, number> {
	const places = new Map<string, number>();
	const ids = contacts.column('id');
	for (let index = 0; index < contacts.length; index++) places.set(ids.at(index), index);
	return places;
}

function isToGuardian({ homes, hasGuardian }: Household, choices: ChoiceByInbox): boolean {
	return hasGuardian && homes.some((home) => choiceAt(choices, home) === 'guardian');
}
