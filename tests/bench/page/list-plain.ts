import { startOfDay } from '$lib/domain/client-filter.ts';
import { clientStatuses, isMinor, type Client } from '$lib/domain/client.ts';
import { foldToFind } from '$lib/domain/fold.ts';
import type { SortBy } from '$lib/domain/sort-order.ts';
import { editTag, type List } from './list.ts';
import { openPlain, type PlainClient, type PlainDatabase } from './plain-database.ts';
import { nameKey, searchText, wordsOf } from './text.ts';

let opened: PlainDatabase | undefined;
const database = () => (opened ??= openPlain());
let clients: readonly PlainClient[] = [];
let today = 0;
let before: readonly PlainClient[] = [];

const keyOf: Partial<Record<SortBy, (client: Client) => string | number>> = {
	name: nameKey,
	address: (client) => foldToFind(client.emailAddress),
	phone: (client) => client.phone.replace(/\D+/g, ''),
	professional: (client) => foldToFind(client.professional),
	status: (client) => clientStatuses.indexOf(client.status),
	born: (client) => client.dateOfBirth,
	added: (client) => client.addedAt,
};

function sorted(rows: readonly PlainClient[], by: SortBy): PlainClient[] {
	const key = keyOf[by] ?? nameKey;
	const isLess = (a: string | number, b: string | number) => (a === '' ? false : b === '' || a < b);
	return rows
		.map((row) => ({ row, key: key(row) }))
		.sort((a, b) => (a.key === b.key ? 0 : isLess(a.key, b.key) ? -1 : 1))
		.map(({ row }) => row);
}

/** `toArray().filter().sort()` on rows that are in memory once the list is open, and `bulkUpdate`. */
export const plainList: List<readonly PlainClient[]> = {
	async open(now) {
		today = now;
		return (clients = sorted(await database().clients.toArray(), 'name'));
	},

	search(query) {
		const words = wordsOf(query);
		return clients.filter((client) => {
			const text = searchText(client);
			return words.every((word) => text.includes(word));
		});
	},

	sort: (by) => sorted(clients, by),

	filter({ status, age, hasAddress, professional, addedSince, addedBefore }) {
		const since = startOfDay(addedSince) ?? -Infinity;
		const until = startOfDay(addedBefore) ?? Infinity;
		return clients.filter(
			(client) =>
				(!status || status.includes(client.status)) &&
				(!age || isMinor(client, today) === (age === 'minor')) &&
				(hasAddress === undefined || (client.emailAddress.trim() !== '') === hasAddress) &&
				(!professional || professional.includes(client.professional)) &&
				client.addedAt >= since &&
				client.addedAt < until,
		);
	},

	selectAll: (shown) => shown.map(({ id }) => id),

	async edit(ids) {
		const chosen = new Set(ids);
		before = clients.filter(({ id }) => chosen.has(id));
		await database().clients.bulkUpdate(
			ids.map((key) => ({ key, changes: { status: 'archived', tags: [editTag] } })),
		);
	},

	async undoEdit() {
		await database().clients.bulkPut([...before]);
	},

	clientsOf: (shown) => shown,
	readBack: () => database().clients.toArray(),
};
