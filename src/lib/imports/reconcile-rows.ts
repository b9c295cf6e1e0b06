import { fullName, type Client } from '$lib/domain/client.ts';
import type { PortalCounts } from '$lib/domain/import.ts';
import type { Merge } from '$lib/domain/merge.ts';
import { matchWords } from './match-policy.ts';
import { lacking, marksOf } from './portal-marks.ts';
import type { ClientRow } from './read-row.ts';
import { RowColumnsWriter, type RowColumns } from './reconcile-lists.ts';
import { makeFinder, type Found } from './reconcile-match.ts';

/** What a file says of the portal status of the clients who are here. Crosses to the page. */
export interface Reconciled {
	kind: 'reconciled';
	/** As if all changes were made. */
	counts: PortalCounts;
	/** One a client whom the file says something new of. */
	changes: RowColumns;
	/** What each change is, as bits of `portalMarks`. */
	marks: Uint8Array;
	/** 1 where the client was found beyond doubt. */
	isSure: Uint8Array;
	unclear: RowColumns;
	unknown: RowColumns;
	/** Joined here, while the file says that they have no login; for information. */
	withoutLogin: RowColumns;
}

const nameAloneWords = 'The name alone agrees';

/** Compares a file's rows, as they come, with the clients who are here. Every row counts once; a client whom several rows speak of has what they say together. */
export function makeComparison(
	clients: readonly Client[],
	merges: readonly Merge[],
	hasLogins: boolean,
) {
	const find = makeFinder(clients, merges);
	/** Of each client: the line that spoke of her first, what she gets, and what was said of a login. */
	const firstLine = new Int32Array(clients.length);
	const newMarks = new Uint8Array(clients.length);
	const saidLogin = new Int8Array(clients.length);
	const [yes, no] = [1, -1];
	const updates: { person: number; line: number; words: string; isSure: boolean }[] = [];
	const unclear = new RowColumnsWriter();
	const unknown = new RowColumnsWriter();
	const counts: PortalCounts = {
		rows: 0,
		updated: 0,
		leftOut: 0,
		unchanged: 0,
		unclear: 0,
		unknown: 0,
		repeated: 0,
		unread: 0,
	};

	function takeOne(row: ClientRow, line: number, found: Found & { kind: 'one' }): void {
		const { person, reason } = found;
		const known = clients[person] as Client;
		const isSure = reason !== 'address-alone';
		if (row.client.hasJoinedPortal) saidLogin[person] = yes;
		else if (hasLogins && saidLogin[person] === 0) saidLogin[person] = no;
		const before = newMarks[person] as number;
		const after = before | lacking(known, marksOf(row));
		newMarks[person] = after;
		const wasSeen = firstLine[person] !== 0;
		if (!wasSeen) firstLine[person] = line;
		if (before === 0 && after !== 0) {
			counts.updated += 1;
			const words = isSure ? matchWords[reason] : 'Same email address; the file names nobody';
			updates.push({ person, line, words, isSure });
		} else counts[wasSeen ? 'repeated' : 'unchanged'] += 1;
	}

	return {
		get rows() {
			return counts.rows;
		},
		passOver() {
			counts.rows += 1;
			counts.unread += 1;
		},
		take(row: ClientRow, line: number) {
			counts.rows += 1;
			const found = find(row.client);
			if (found.kind === 'one') return takeOne(row, line, found);
			const listed = { line, name: fullName(row.client), address: row.client.emailAddress };
			if (found.kind === 'nobody') {
				counts.unknown += 1;
				unknown.add({ ...listed, words: '' });
				return;
			}
			counts.unclear += 1;
			const words =
				found.kind === 'several' ? `May be any of ${found.count} clients` : nameAloneWords;
			unclear.add({ ...listed, words });
		},
		end(): Reconciled & { clientIds: string[] } {
			const changes = new RowColumnsWriter();
			for (const { person, line, words } of updates) changes.add(listedClient(person, line, words));
			const withoutLogin = new RowColumnsWriter();
			for (const [person, client] of clients.entries())
				if (saidLogin[person] === no && client.hasJoinedPortal)
					withoutLogin.add(listedClient(person, firstLine[person] as number, ''));
			return {
				kind: 'reconciled',
				counts: { ...counts },
				changes: changes.columns(),
				marks: Uint8Array.from(updates, ({ person }) => newMarks[person] as number),
				isSure: Uint8Array.from(updates, ({ isSure }) => (isSure ? 1 : 0)),
				unclear: unclear.columns(),
				unknown: unknown.columns(),
				withoutLogin: withoutLogin.columns(),
				clientIds: updates.map(({ person }) => (clients[person] as Client).id),
			};
		},
	};

	function listedClient(person: number, line: number, words: string) {
		const client = clients[person] as Client;
		return { line, name: fullName(client), address: client.emailAddress, words };
	}
}
