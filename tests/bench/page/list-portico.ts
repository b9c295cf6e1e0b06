import { editClients, undoChange } from '$lib/clients/change-clients.ts';
import { chosenIds, nobodyOf, withPlaces } from '$lib/clients/list/chosen-clients.ts';
import { readFacets, type ClientFacets } from '$lib/domain/client-facets.ts';
import type { Client } from '$lib/domain/client.ts';
import { failures } from '$lib/domain/filter-clients.ts';
import { makeSearch, type Search } from '$lib/domain/search.ts';
import { byName, sortOrder } from '$lib/domain/sort-order.ts';
import { asTable, type Table } from '$lib/domain/table.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { editTag, type List } from './list.ts';

let clients: Table<Client> = asTable<Client>([]);
let today = 0;
let order: Uint32Array = new Uint32Array();
let search: Search = () => new Uint32Array();
let facets: ClientFacets | undefined;
let edit = { entryId: '', count: 0 };

/** The list's own code, called as `ClientsView` calls it; what it makes once is made by the first who asks. */
export const porticoList: List<ArrayLike<number> & Iterable<number>> = {
	async open(now) {
		today = now;
		clients = (await (await theVault()).load('clients', 'clientChanges')).table('clients');
		// The screen makes it ready while nobody types.
		search = makeSearch(clients);
		return (order = sortOrder(clients, byName));
	},

	search(query) {
		const marks = new Uint8Array(clients.length);
		for (const place of search(query)) marks[place] = 1;
		return order.filter((place) => marks[place] === 1);
	},

	sort: (by) => sortOrder(clients, { by, isDescending: false }, { ties: order }),

	filter(filter) {
		facets ??= readFacets(clients, today);
		const failed = failures({ ...facets, standing: new Uint8Array(clients.length) }, filter);
		return order.filter((place) => failed[place] === 0);
	},

	selectAll: (shown) => chosenIds(withPlaces(nobodyOf(clients), [...shown], true)),

	async edit(ids) {
		edit = await editClients(await theVault(), ids, { status: 'archived', addTags: [editTag] });
	},

	async undoEdit() {
		await undoChange(await theVault(), edit.entryId, edit.count);
	},

	clientsOf: (shown) => Array.from(shown, (place) => clients.row(place)),
	readBack: async () => (await (await theVault()).load('clients')).rows('clients'),
};
