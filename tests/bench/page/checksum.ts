import type { Client } from '$lib/domain/client.ts';
import type { Opened, Built, Stored } from './way.ts';
import type { ReportRow } from '$lib/domain/report.ts';
import { nameKey } from './text.ts';

/** 53 bits of a text: https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js */
function hash(text: string): number {
	let a = 0xdeadbeef;
	let b = 0x41c6ce57;
	for (let at = 0; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		a = Math.imul(a ^ code, 2654435761);
		b = Math.imul(b ^ code, 1597334677);
	}
	a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
	b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
	return 4294967296 * (2097151 & b) + (a >>> 0);
}

/** Of a collection, whatever the order of its rows: each way has ids of its own. */
function ofMany<Row>(rows: readonly Row[], facts: (row: Row) => readonly unknown[]): string {
	let sum = 0n;
	for (const row of rows) sum += BigInt(hash(JSON.stringify(facts(row))));
	return `${rows.length}:${(sum % 2n ** 64n).toString(36)}`;
}

/** Of a list, whose order counts; rows of one name may change places. */
const ofNames = (names: readonly string[]) =>
	`${names.length}:${hash(names.join('\n')).toString(36)}`;

export const checksumOfOpened = ({ count, first }: Opened) =>
	`${count} ${ofNames(first.map(nameKey))}`;

export function checksumOfReport({ report, list }: Built): string {
	const rows = ofMany(report.rows, (row) => [
		row.client.emailAddress,
		nameKey(row.client),
		row.class,
		row.inbox,
		row.reasons.map((reason) => reason.kind),
	]);
	const counts = Object.entries(report.countByReason).sort(([a], [b]) => (a < b ? -1 : 1));
	return [rows, JSON.stringify([report.counts, counts]), checksumOfList(list)].join(' ');
}

export const checksumOfList = (list: readonly ReportRow[]) =>
	ofNames(list.map((row) => nameKey(row.client)));

export const checksumOfClients = (clients: readonly Client[]) => ofNames(clients.map(nameKey));

/** Clients as they are stored, but ids. */
export const checksumOfFields = (clients: readonly Client[]) => ofMany(clients, fieldsOf);

function fieldsOf(client: Client): [string, unknown][] {
	const { id: _id, importId: _import, ...facts } = client;
	return Object.entries({ ...facts, invitedAt: 0 }).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Everything that was written, but ids, links with their random codes, and the time of day. */
export function checksumOfStored({ clients, contacts, invitations, messages }: Stored): string {
	const byId = new Map(clients.map((client) => [client.id, client]));
	const who = (id: string) => {
		const client = byId.get(id);
		return client ? nameKey(client) : 'nobody';
	};
	return [
		checksumOfFields(clients),
		ofMany(contacts, (contact) => [
			who(contact.clientId),
			contact.name,
			contact.emailAddress,
			contact.phone,
			contact.relationship,
		]),
		ofMany(invitations, (row) => [
			who(row.clientId),
			row.emailAddress,
			row.round,
			row.expiresAt - row.invitedAt,
		]),
		ofMany(messages, (row) => [
			who(row.clientId),
			row.toName,
			row.toAddress,
			row.state,
			row.dueAt - row.queuedAt,
			row.attempts,
			row.fields.length,
		]),
	].join(' ');
}
