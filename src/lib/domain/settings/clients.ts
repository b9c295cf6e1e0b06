import type { ClientColumn } from '../client-columns.ts';
import type { ClientView } from '../client-view.ts';
import type { Defaults } from './defaults.ts';

/** Columns that a person chose for a header set, by the header's fingerprint. */
export interface ColumnChoices {
	id: 'column-choices';
	byHeader: Record<string, string[]>;
}

/** Views of the clients' list that a person kept, in the order in which she did. */
export interface ClientViews {
	id: 'client-views';
	views: readonly ClientView[];
}

/** What the clients' list shows where no view of her own says it. */
export interface ClientListSettings {
	id: 'client-list';
	columns: readonly ClientColumn[];
}

/** Pairs of clients, by their ids, of whom a person said that they are not the same. */
export interface ToldApart {
	id: 'told-apart';
	pairs: readonly (readonly [string, string])[];
}

export type ClientsRow = ColumnChoices | ClientViews | ClientListSettings | ToldApart;

export const clientsDefaults: Defaults<ClientsRow> = {
	'column-choices': { id: 'column-choices', byHeader: {} },
	'client-views': { id: 'client-views', views: [] },
	'client-list': { id: 'client-list', columns: ['name', 'address', 'status', 'portal'] },
	'told-apart': { id: 'told-apart', pairs: [] },
};
