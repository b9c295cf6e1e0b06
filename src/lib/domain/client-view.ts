import type { ClientColumn } from './client-columns.ts';
import { filterFromQuery, filterToQuery, type ClientFilter } from './client-filter.ts';
import { byName, isSameSort, sortFromText, sortToText, type Sort } from './sort-order.ts';

/** A filter and an order, as an address names them. */
export interface ListPlace {
	/** Id of the view that a person kept; '' for none. */
	viewId: string;
	filter: ClientFilter;
	sort: Sort;
}

/** What a person keeps under a name. */
export interface ClientView {
	id: string;
	name: string;
	filter: ClientFilter;
	sort: Sort;
	columns: readonly ClientColumn[];
}

/** Views that are there from the start; they cannot be changed. */
export const builtInViews: readonly Pick<ClientView, 'id' | 'name' | 'filter' | 'sort'>[] = [
	{ id: 'all', name: 'All', filter: {}, sort: byName },
	{ id: 'never-invited', name: 'Never invited', filter: { portal: ['not-invited'] }, sort: byName },
	{
		id: 'turns-18',
		name: 'Turns 18 soon',
		filter: { age: 'turns-18' },
		sort: { by: 'born', isDescending: false },
	},
];

/** The place as the query of an address; '' for everybody by name. Names no person. */
export function placeToQuery({ viewId, filter, sort }: ListPlace): string {
	const order = isSameSort(sort, byName) ? '' : `sort=${sortToText(sort)}`;
	const view = viewId && `view=${encodeURIComponent(viewId)}`;
	return [view, filterToQuery(filter), order].filter(Boolean).join('&');
}

export function placeFromQuery(text: string): ListPlace {
	const query = new URLSearchParams(text);
	return {
		viewId: query.get('view') ?? '',
		filter: filterFromQuery(query),
		sort: sortFromText(query.get('sort')),
	};
}

export function isSameFilter(a: ClientFilter, b: ClientFilter): boolean {
	return filterToQuery(a) === filterToQuery(b);
}
