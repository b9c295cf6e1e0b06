import type { Client } from '$lib/domain/client.ts';
import { foldName } from '$lib/domain/person-name.ts';
import type { ReportRow } from '$lib/domain/report.ts';

/** Rows are never mutated: what was folded once for a client stays right. */
const foldedByClient = new WeakMap<Client, string>();

function folded(client: Client): string {
	let text = foldedByClient.get(client);
	if (text === undefined) {
		const { firstName, lastName, preferredName, emailAddress, phone } = client;
		const names = foldName(`${firstName} ${preferredName} ${lastName}`);
		text = `${names}\n${emailAddress.toLowerCase()}\n${phone.replace(/\D+/gu, '')}`;
		foldedByClient.set(client, text);
	}
	return text;
}

/** The rows in which every word of the query is found, in name, address or phone; order as given. */
export function searchClients(rows: readonly ReportRow[], query: string): readonly ReportRow[] {
	const words = query.trim().split(/\s+/u).filter(Boolean);
	if (words.length === 0) return rows;
	const wanted = words.map((word) =>
		/^[\d()+.-]+$/u.test(word) ? word.replace(/\D+/gu, '') : (foldWord(word) ?? word),
	);
	return rows.filter(({ client }) => {
		const text = folded(client);
		return wanted.every((word) => text.includes(word));
	});
}

/** Addresses keep their dots, which folding a name drops. */
function foldWord(word: string): string {
	return /[@._]/u.test(word) ? word.toLowerCase() : foldName(word);
}
