import { buildReport, type ReportRow } from '$lib/domain/report.ts';
import { openPlain, type PlainDatabase } from './plain-database.ts';
import { inviteRows } from './invite-rows.ts';
import { nameKey, searchText, wordsOf } from './text.ts';
import { lookWith } from './start-worker.ts';
import { firstScreen, type Way } from './way.ts';

let opened: PlainDatabase | undefined;
const database = () => (opened ??= openPlain());

/** Sorts by a key that is made once a row. */
function byName<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
	return rows
		.map((row) => ({ row, key: keyOf(row) }))
		.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
		.map(({ row }) => row);
}

/** `toArray().filter().sort()`, bulkAdd and bulkUpdate. */
export const plain: Way = {
	async look(file) {
		await database().open();
		return lookWith(
			new Worker(new URL('./plain.worker.ts', import.meta.url), { type: 'module' }),
			file,
		);
	},

	async open() {
		const clients = await database().clients.toArray();
		return { count: clients.length, first: byName(clients, nameKey).slice(0, firstScreen) };
	},

	async report(now) {
		const { clients, contacts, invitations, messages } = database();
		const [allClients, allContacts, allInvitations, allMessages] = await Promise.all([
			clients.toArray(),
			contacts.toArray(),
			invitations.toArray(),
			messages.toArray(),
		]);
		const report = buildReport({
			clients: allClients,
			contacts: allContacts,
			invitations: allInvitations,
			messages: allMessages,
			now,
		});
		const listed = report.rows.filter((row) => row.class !== 'left-out');
		return { report, list: byName(listed, (row) => nameKey(row.client)) };
	},

	search:
		({ list }) =>
		(query) => {
			const words = wordsOf(query);
			return list.filter((row) => {
				const text = searchText(row.client);
				return words.every((word) => text.includes(word));
			});
		},

	async queue(rows: readonly ReportRow[]) {
		const { clients, invitations, messages } = database();
		await database().transaction('rw', clients, invitations, messages, async () => {
			const batch = inviteRows(rows, await invitations.toArray(), await messages.toArray());
			await invitations.bulkAdd(batch.invitations);
			await messages.bulkAdd(batch.messages);
			await clients.bulkUpdate(
				batch.invitations.map(({ clientId, invitedAt }) => ({
					key: clientId,
					changes: { invitedAt },
				})),
			);
		});
	},

	async readBack() {
		const { clients, contacts, invitations, messages } = database();
		return {
			clients: await clients.toArray(),
			contacts: await contacts.toArray(),
			invitations: await invitations.toArray(),
			messages: await messages.toArray(),
		};
	},
};
