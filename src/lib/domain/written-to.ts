import type { Client } from './client.ts';
import type { Household } from './household.ts';
import { addressee } from './portal-user.ts';
import type { ReportRow } from './report.ts';

/** Of a client what a message that greets her is made of. */
export type Addressed = Readonly<
	Pick<
		Client,
		'id' | 'firstName' | 'lastName' | 'preferredName' | 'emailAddress' | 'professional' | 'language'
	>
>;

/** `writtenTo` for very many rows: no client is unpacked whole where the row can do without. */
export function addressedBy(row: ReportRow): Addressed {
	return row.addressee ? writtenTo(row) : (row.addressed ?? row.client);
}

/** A row as its message addresses it: a guardian is never greeted by the client's name. */
export function writtenTo({
	client,
	addressee: other,
}: Pick<ReportRow, 'client' | 'addressee'>): Client {
	return other ? addressee(client, other.name, other.emailAddress) : client;
}

/** The rows of one message. */
export type MessageRows = [ReportRow, ...ReportRow[]];

/**
 * Of the rows whose invitations one message carries, the one that it addresses: a guardian's, else the
 * first adult's, else the first.
 */
export function leadOf(rows: MessageRows): ReportRow {
	if (rows.length < 2) return rows[0];
	return rows.find((row) => row.addressee) ?? rows.find((row) => !row.isMinor) ?? rows[0];
}

/** Whether it is known of all of these rows that each has a message of her own. */
export function areAlone(rows: readonly ReportRow[]): boolean {
	return rows.every(({ isOneEach, sharesInbox }) => isOneEach || sharesInbox === false);
}

/**
 * The rows of each message, in the order of the first of each: by inbox, unless each has its own. All are of
 * one report, which may know already who shares an inbox.
 */
export function sharingRows(rows: readonly ReportRow[]): MessageRows[] {
	const isKnown = rows.every(({ sharesInbox }) => sharesInbox !== undefined);
	const byInbox = new Map<string, MessageRows>();
	const groups: MessageRows[] = [];
	for (const row of rows) {
		const isAlone = row.isOneEach || (isKnown && !row.sharesInbox);
		const sharing = isAlone ? undefined : byInbox.get(row.inbox);
		if (sharing) {
			sharing.push(row);
			continue;
		}
		const group: MessageRows = [row];
		groups.push(group);
		if (!isAlone) byInbox.set(row.inbox, group);
	}
	return groups;
}

/** How many messages these rows cause, and how many of them go to a household. */
export function mailsIn(rows: readonly ReportRow[]): { mails: number; households: number } {
	const counts = new Map<string, number>();
	let mails = 0;
	let households = 0;
	for (const row of rows) {
		const count = row.isOneEach ? 1 : (counts.get(row.inbox) ?? 0) + 1;
		if (!row.isOneEach) counts.set(row.inbox, count);
		if (count === 1) mails++;
		if (count === 2) households++;
	}
	return { mails, households };
}

/** The rows in their order, but for households, which stand together where the first of them stands. */
export function householdsTogether(rows: readonly ReportRow[]): readonly ReportRow[] {
	const byHousehold = new Map<Household, ReportRow[]>();
	const order: (ReportRow | ReportRow[])[] = [];
	for (const row of rows) {
		const { household } = row;
		const others = household && byHousehold.get(household);
		if (others) others.push(row);
		else if (!household) order.push(row);
		else {
			const members = [row];
			byHousehold.set(household, members);
			order.push(members);
		}
	}
	return byHousehold.size === 0 ? rows : order.flat();
}
