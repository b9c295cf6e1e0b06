import type { Client } from '$lib/domain/client.ts';
import {
	canBeChecked,
	checkedRows,
	checkTest,
	type ReportClass,
	type ReportRow,
} from '$lib/domain/report.ts';
import { LiveReport } from '$lib/vault/live-report.svelte.ts';
import { makeSearch } from '$lib/domain/search.ts';
import { asTable } from '$lib/domain/table.ts';
import type { Selection } from './selection.svelte.ts';
import { sortOrder, type Sort } from './sort-order.ts';

/** `listed`: ready and held, all who can be invited. */
export type ReportFilter = 'listed' | ReportClass;

/** The report as a person looks at it: a class of it, searched and sorted, with one row in focus. */
export class ReportView {
	readonly #report = new LiveReport();
	readonly #selection: Selection;
	filter = $state<ReportFilter>('listed');
	query = $state('');
	sort = $state.raw<Sort>({ by: 'name', isDescending: false });
	#focusId = $state('');

	#clients = $derived(this.#report.current?.clients ?? asTable<Client>([]));
	#search = $derived(makeSearch(this.#clients));
	#order = $derived(sortOrder(this.#clients, this.sort));
	#found = $derived(this.query.trim() === '' ? undefined : this.#marked(this.#search(this.query)));

	constructor(selection: Selection) {
		this.#selection = selection;
	}

	/** Undefined until it is built. */
	get report() {
		return this.#report.current;
	}

	get problem(): unknown {
		return this.#report.problem;
	}

	/** The rows of the list, in its order. */
	readonly shown: readonly ReportRow[] = $derived.by(() => {
		// Signals are read once, not 100,000 times.
		const { filter } = this;
		const found = this.#found;
		return this.#inOrder((row, index) => {
			const isOfClass = filter === 'listed' ? row.class !== 'left-out' : row.class === filter;
			return isOfClass && (!found || found[index] === 1);
		});
	});

	/** Everybody who is checked, hidden by search and filter or not, in the report's order. */
	readonly checked: readonly ReportRow[] = $derived.by(() =>
		checkedRows(this.#report.current ?? { rows: [] }, this.#selection.choices),
	);

	/** The same in the list's order: one steps through them. */
	readonly recipients: readonly ReportRow[] = $derived.by(() => {
		return this.#inOrder(checkTest(this.#selection.choices));
	});

	/** The row whose message is shown: the one chosen last, else the first recipient. */
	readonly focused: ReportRow | undefined = $derived.by(() => {
		const { shown, recipients } = this;
		const focusId = this.#focusId;
		const isChosen = (row: ReportRow) => row.clientId === focusId;
		const chosen = focusId ? (shown.find(isChosen) ?? recipients.find(isChosen)) : undefined;
		return chosen ?? recipients[0] ?? shown.find(canBeChecked);
	});

	/** Makes ready for a search before the first key: call it when there is time. */
	prepareSearch(): void {
		this.#search('');
	}

	focus(row: ReportRow): void {
		this.#focusId = row.clientId;
	}

	#inOrder(isWanted: (row: ReportRow, index: number) => boolean): ReportRow[] {
		const rows = this.#report.current?.rows ?? [];
		const wanted: ReportRow[] = [];
		for (const index of this.#order) {
			const row = rows[index];
			if (row && isWanted(row, index)) wanted.push(row);
		}
		return wanted;
	}

	#marked(positions: Uint32Array): Uint8Array {
		const marks = new Uint8Array(this.#clients.length);
		for (const position of positions) marks[position] = 1;
		return marks;
	}
}
