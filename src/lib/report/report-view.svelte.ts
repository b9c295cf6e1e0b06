import { canBeChecked, type ReportClass, type ReportRow } from '$lib/domain/report.ts';
import { LiveReport } from './live-report.svelte.ts';
import { makeSearch } from './search.ts';
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

	#clients = $derived(this.#report.current?.clients ?? []);
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
		const { filter } = this;
		return this.#inOrder((row, index) => {
			const isOfClass = filter === 'listed' ? row.class !== 'left-out' : row.class === filter;
			return isOfClass && (!this.#found || this.#found[index] === 1);
		});
	});

	/** Everybody who is checked, hidden by search and filter or not, in the report's order. */
	readonly checked: readonly ReportRow[] = $derived(
		(this.#report.current?.rows ?? []).filter((row) => this.#selection.has(row)),
	);

	/** The same in the list's order: one steps through them. */
	readonly recipients: readonly ReportRow[] = $derived(
		this.#inOrder((row) => this.#selection.has(row)),
	);

	/** The row whose message is shown: the one chosen last, else the first recipient. */
	readonly focused: ReportRow | undefined = $derived.by(() => {
		const chosen = this.shown.find((row) => row.client.id === this.#focusId);
		return (
			chosen ??
			this.recipients.find((row) => row.client.id === this.#focusId) ??
			this.recipients[0] ??
			this.shown.find(canBeChecked)
		);
	});

	focus(row: ReportRow): void {
		this.#focusId = row.client.id;
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
