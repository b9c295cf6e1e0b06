import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import { isEqual } from '$lib/domain/equal.ts';
import { guardiansOf, isGuardianStill } from '$lib/domain/guardians.ts';
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
	const seen = new Map(rows.map((row) => [row.clientId, row]));
	const isSame = new Set<ReportRow>();
	const goesAsSeen = routeTest(now);
	const table = asTable(clients);
	let start = 0;
	for (const part of table.parts) {
		const ids = part.column('id');
		for (let index = 0; index < part.length; index++) {
			const row = seen.get(ids.at(index));
			const client = row && table.row(start + index);
			// Rows that another tab's commit brought back from disk are equal but not the same.
			const isSeen = client && (row.client === client || isEqual(row.client, client));
			if (isSeen && goesAsSeen(row)) isSame.add(row);
		}
		start += part.length;
	}
	return isSame.size === rows.length ? rows : rows.filter((row) => isSame.has(row));
}

function routeTest({ contacts, households }: Whereabouts): (row: ReportRow) => boolean {
	const table = asTable(contacts);
	const guardians = guardiansOf(table);
	const places = new Map<string, number>();
	const ids = table.column('id');
	for (let index = 0; index < table.length; index++) places.set(ids.at(index), index);
	return (row) => {
		const { addressee, client, household, inbox } = row;
		if ((choiceAt(households, inbox) === 'each') !== (row.isOneEach ?? false)) return false;
		if (household && isToGuardian(household, households) !== (household.choice === 'guardian'))
			return false;
		if (!addressee) return !row.isMinor || !guardians.has(client.id);
		const place = places.get(addressee.contactId);
		const contact = place === undefined ? undefined : table.row(place);
		const about = {
			toName: addressee.name,
			toAddress: addressee.emailAddress,
			despite: row.reasons.map(({ kind }) => kind),
		};
		return isGuardianStill(contact, client, about, true);
	};
}

function isToGuardian({ homes, hasGuardian }: Household, choices: ChoiceByInbox): boolean {
	return hasGuardian && homes.some((home) => choiceAt(choices, home) === 'guardian');
}
