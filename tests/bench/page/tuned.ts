import { buildReport } from '$lib/domain/report.ts';
import { inviteRows } from './invite-rows.ts';
import { lookWith } from './start-worker.ts';
import { searchText, wordsOf } from './text.ts';
import { openTuned, putInChunks, type TunedClient, type TunedDatabase } from './tuned-database.ts';
import { firstScreen, type Way } from './way.ts';

let opened: TunedDatabase | undefined;
const database = () => (opened ??= openTuned());

/** A list of keys for the screen, whole records only where all are needed, sorted by what is stored. */
export const tuned: Way = {
	async look(file) {
		await database().open();
		return lookWith(
			new Worker(new URL('./tuned.worker.ts', import.meta.url), { type: 'module' }),
			file,
		);
	},

	async open() {
		const { clients } = database();
		const ids = await clients.orderBy('nameKey').primaryKeys();
		const first = await clients.bulkGet(ids.slice(0, firstScreen));
		return { count: ids.length, first: first.flatMap((client) => client ?? []) };
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
		const list = report.rows.filter((row) => row.class !== 'left-out');
		const keyOf = (row: (typeof list)[number]) => (row.client as TunedClient).nameKey;
		list.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
		return { report, list };
	},

	search({ list }) {
		const texts = list.map((row) => searchText(row.client));
		return (query) => {
			const words = wordsOf(query);
			return list.filter((_, index) => words.every((word) => texts[index]?.includes(word)));
		};
	},

	async queue(rows) {
		const { invitations, messages } = database();
		await database().transaction('rw', invitations, messages, async () => {
			const batch = inviteRows(rows, await invitations.toArray(), await messages.toArray());
			await putInChunks(invitations, batch.invitations);
			await putInChunks(messages, batch.messages);
		});
	},

	async readBack() {
		const { clients, contacts, invitations, messages } = database();
		const rows = await clients.toArray();
		return {
			clients: rows.map(({ nameKey: _, ...client }) => client),
			contacts: await contacts.toArray(),
			invitations: await invitations.toArray(),
			messages: await messages.toArray(),
		};
	},
};
