import { orderedColumns } from '$lib/domain/client-columns.ts';
import { readFacets } from '$lib/domain/client-facets.ts';
import { startOfDay } from '$lib/domain/client-filter.ts';
import type { Client } from '$lib/domain/client.ts';
import { isSameFilter, placeFromQuery, type ListPlace } from '$lib/domain/client-view.ts';
import { countFacets, failures, type Facets } from '$lib/domain/filter-clients.ts';
import { standingsInOrder } from '$lib/domain/portal-standing.ts';
import { makeSearch } from '$lib/domain/search.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import { byName, isSameSort, sortFromText, sortOrder, sortToText } from '$lib/domain/sort-order.ts';
import { asTable } from '$lib/domain/table.ts';
import { live } from '$lib/vault/live.svelte.ts';
import { LiveReport } from '$lib/vault/live-report.svelte.ts';
import { standingOf } from '../portal-standing.ts';
import { isoToday } from '../profile/profile-words.ts';

/** The clients as a person looks at them: narrowed and sorted as the address says, and searched. */
export class ClientsView {
	readonly #report = new LiveReport();
	readonly #settings = live('settings');
	readonly #address: () => string;
	/** What is searched for. Not in the address: it names people. */
	query = $state('');

	/** `address`: the query of the page's address. */
	constructor(address: () => string) {
		this.#address = address;
	}

	readonly place: ListPlace = $derived.by(() => placeFromQuery(this.#address()));

	/** Undefined until the clients are read. */
	get report() {
		return this.#report.current;
	}

	get problem(): unknown {
		return this.#report.problem;
	}

	readonly clients = $derived(this.#report.current?.clients ?? asTable<Client>([]));
	/** Ages change by the day. */
	readonly #today = $derived(startOfDay(isoToday(this.#report.current?.at ?? 0)) ?? 0);
	readonly #read = $derived(readFacets(this.clients, this.#today));
	readonly #standings = $derived(
		Uint8Array.from(this.#report.current?.rows ?? [], (row) =>
			standingsInOrder.indexOf(standingOf(row)),
		),
	);
	readonly facets: Facets = $derived({ ...this.#read, standing: this.#standings });
	readonly #failed = $derived(failures(this.facets, this.place.filter));

	readonly #byName = $derived(sortOrder(this.clients, byName));
	// As text: the same order again is no change.
	readonly #sort = $derived(sortToText(this.place.sort));
	/** Places of all clients in the list's order. */
	readonly order: Uint32Array = $derived.by(() => {
		const sort = sortFromText(this.#sort);
		if (isSameSort(sort, byName)) return this.#byName;
		// Only an order by standing has to follow the outbox.
		const standings = sort.by === 'portal' ? { standings: this.#standings } : {};
		return sortOrder(this.clients, sort, { ties: this.#byName, ...standings });
	});

	/** Places of those who pass the filter, in the list's order. */
	readonly #passing: readonly number[] = $derived.by(() => {
		const failed = this.#failed;
		const passing: number[] = [];
		for (const place of this.order) if (failed[place] === 0) passing.push(place);
		return passing;
	});

	readonly #search = $derived(makeSearch(this.clients));
	readonly #found = $derived.by(() => {
		if (this.query.trim() === '') return undefined;
		const marks = new Uint8Array(this.clients.length);
		for (const place of this.#search(this.query)) marks[place] = 1;
		return marks;
	});

	/** Places among the clients of those whom the list shows, in its order. */
	readonly shown: readonly number[] = $derived.by(() => {
		const found = this.#found;
		return found ? this.#passing.filter((place) => found[place] === 1) : this.#passing;
	});

	/** What each choice of the filter would show; worked out when somebody looks. */
	readonly counts = $derived.by(() => countFacets(this.facets, this.#failed, this.#found));

	readonly views = $derived(settingsFrom(this.#settings.current ?? [], 'client-views').views);
	/** The view of her own that the person is in. */
	readonly view = $derived(this.views.find(({ id }) => id === this.place.viewId));
	readonly columns = $derived(
		orderedColumns(
			this.view?.columns ?? settingsFrom(this.#settings.current ?? [], 'client-list').columns,
		),
	);

	/** Whether filter or order are not those of her view any more. */
	readonly isChanged: boolean = $derived.by(() => {
		const { view, place } = this;
		if (!view) return false;
		return !isSameFilter(view.filter, place.filter) || !isSameSort(view.sort, place.sort);
	});

	/** Makes ready for a search before the first key: call it when there is time. */
	prepareSearch(): void {
		this.#search('');
	}
}
