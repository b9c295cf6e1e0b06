import { leftOutCode } from '$lib/domain/client-digest.ts';
import type { Client } from '$lib/domain/client.ts';
import { asTable, type Table } from '$lib/domain/table.ts';
import { buildReport } from '$lib/domain/report.ts';
import { defaultTemplate } from '$lib/domain/compose.ts';
import { openImporter } from '$lib/imports/importer.ts';
import { sendInvitations } from '$lib/invitations/send-invitations.ts';
import { makeSearch } from '$lib/domain/search.ts';
import { sortOrder } from '$lib/domain/sort-order.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { expiryDays, firstScreen, practice, undoWindowMs, type Built, type Way } from './way.ts';

const byName = { by: 'name', isDescending: false } as const;
const sources = ['clients', 'contacts', 'invitations', 'messages', 'settings'] as const;

/** What the report's screen goes on holding. */
let screen: { clients: Table<Client> } = { clients: asTable<Client>([]) };

/** The list's place of each client, so that a search's findings come in the list's order. */
function listOf({ report }: Pick<Built, 'report'>, order: Uint32Array, found?: Uint8Array) {
	const { classCodes, rows } = report;
	const list = [];
	for (let at = 0; at < order.length; at++) {
		const index = order[at] ?? 0;
		const row = rows[index];
		if (row && classCodes[index] !== leftOutCode && (!found || found[index] === 1)) list.push(row);
	}
	return list;
}

/** Portico's own code, called as its screens call it. */
export const portico: Way = {
	async look(file) {
		await theVault();
		const importer = openImporter();
		const looked = await importer.inspect(file);
		if (looked.kind === 'refused') throw new Error(looked.problem.message);
		const { mapping } = looked.inspection;
		return {
			async take() {
				const result = await importer.take(file, mapping, () => undefined);
				if (result.kind !== 'imported') throw new Error(`The import was ${result.kind}`);
				return result.counts;
			},
			close: () => importer.close(),
		};
	},

	async open() {
		const vault = await theVault();
		const clients = (await vault.load('clients')).table('clients');
		const order = sortOrder(clients, byName).subarray(0, firstScreen);
		return { count: clients.length, first: Array.from(order, (at) => clients.row(at)) };
	},

	async report(now) {
		const vault = await theVault();
		const state = await vault.load(...sources);
		const clients = state.table('clients');
		screen = { clients };
		const report = buildReport({
			clients,
			contacts: state.table('contacts'),
			invitations: state.rows('invitations'),
			messages: state.rows('messages'),
			now,
		});
		return { report, list: listOf({ report }, sortOrder(clients, byName)) };
	},

	search({ report }) {
		const { clients } = screen;
		const search = makeSearch(clients);
		const order = sortOrder(clients, byName);
		return (query) => {
			const found = new Uint8Array(clients.length);
			for (const at of search(query)) found[at] = 1;
			return listOf({ report }, order, found);
		};
	},

	async queue(rows) {
		await sendInvitations(await theVault(), {
			rows,
			template: defaultTemplate,
			practice,
			invitation: { undoWindowMs, expiryDays },
		});
	},

	async readBack() {
		const state = await (await theVault()).load(...sources);
		return {
			clients: state.rows('clients'),
			contacts: state.rows('contacts'),
			invitations: state.rows('invitations'),
			messages: state.rows('messages'),
		};
	},
};
