import { leftOutCode, reportClasses } from '$lib/domain/client-digest.ts';
import { readFacets } from '$lib/domain/client-facets.ts';
import { countFilters, type ClientFilter } from '$lib/domain/client-filter.ts';
import { failures, type Facets } from '$lib/domain/filter-clients.ts';
import type { ReasonKind } from '$lib/domain/report-reasons.ts';
import type { Client } from '$lib/domain/client.ts';
import type { Household } from '$lib/domain/household.ts';
import { householdsTogether } from '$lib/domain/written-to.ts';
import {
	canBeChecked,
	checkedRows,
	checkTest,
	type ReportClass,
	type ReportRow,
} from '$lib/domain/report.ts';
import type { ReportNow } from '$lib/vault/live-report.svelte.ts';
import { makeSearch } from '$lib/domain/search.ts';
import { asTable } from '$lib/domain/table.ts';
import { householdLeads } from './mail-to.ts';
import { reasonCounts, type ReasonCount } from './reason-counts.ts';
import { dueCounts, dueTest, type Due, type DueCount } from './due.ts';
import type { ReportSource } from './report-source.svelte.ts';
import type { Selection } from './selection.svelte.ts';
import { sortOrder, type Sort } from '$lib/domain/sort-order.ts';

/** `listed`: ready and held, all who can be invited. */
export type ReportFilter = 'listed' | ReportClass;

/**
 * A report as a person looks at it: a class of it, searched and sorted, with one row in focus. While a
 * scope stands nobody else is in any of it.
 */
export class ReportView {
	readonly source: ReportSource;
	readonly #selection: Selection;
	filter = $state<ReportFilter>('listed');
	query = $state('');
	/** The reason that a person asked for; it counts where the class that is shown has it. */
	#askedReason = $state<ReasonKind | ''>('');
	#askedDue = $state<Due | ''>('');
	/** What the list is narrowed to. It hides; who is checked stays so. */
	narrowing = $state.raw<ClientFilter>({});
	sort = $state.raw<Sort>({ by: 'name', isDescending: false });
	#focusId = $state('');

	#clients = $derived.by(() => this.source.whole?.clients ?? asTable<Client>([]));
	#search = $derived(makeSearch(this.#clients));
	#order = $derived(sortOrder(this.#clients, this.sort));
	#found = $derived(this.query.trim() === '' ? undefined : this.#marked(this.#search(this.query)));

	/** What a list can be narrowed by; read when it is asked for. */
	readonly facets: Facets = $derived.by(() => {
		const facets = readFacets(this.#clients, this.source.whole?.at ?? 0);
		return { ...facets, standing: new Uint8Array(facets.length) };
	});
	#failed = $derived.by(() =>
		countFilters(this.narrowing) > 0 ? failures(this.facets, this.narrowing) : undefined,
	);

	constructor(selection: Selection, source: ReportSource) {
		this.#selection = selection;
		this.source = source;
	}

	/** Rows and counts of those within the scope; undefined until it is built. */
	get report(): ReportNow | undefined {
		return this.source.report;
	}

	/** The rows of the list, in its order. */
	readonly shown: readonly ReportRow[] = $derived.by(() => {
		return householdsTogether(this.#inOrder(this.#isShown));
	});

	/** By what the held, or those left out, are kept: the most first. Sums to the number of the class. */
	readonly reasons: readonly ReasonCount[] = $derived.by(() => {
		const { filter } = this;
		if (filter !== 'held' && filter !== 'left-out') return [];
		return reasonCounts(this.report?.rows ?? [], filter);
	});

	/** '' for all. */
	readonly reason: ReasonKind | '' = $derived.by(() =>
		this.reasons.some(({ kind }) => kind === this.#askedReason) ? this.#askedReason : '',
	);

	/** Why those listed are due for a reminder, the most pressing first; empty in the other reports. */
	readonly dues: readonly DueCount[] = $derived.by(() => {
		if (this.source.kind !== 'waiting' || this.filter === 'left-out') return [];
		const { filter } = this;
		const rows = (this.report?.rows ?? []).filter((row) =>
			filter === 'listed' ? row.class !== 'left-out' : row.class === filter,
		);
		return dueCounts(rows, this.#dueOf);
	});

	/** '' for all. */
	readonly due: Due | '' = $derived.by(() =>
		this.dues.some(({ due }) => due === this.#askedDue) ? this.#askedDue : '',
	);

	#dueOf = $derived.by(() => dueTest(this.report?.histories, this.report?.at ?? 0));

	readonly isNarrowed: boolean = $derived.by(() => this.#failed !== undefined);

	/** How many of those who are checked the list does not show. */
	readonly hiddenCount: number = $derived.by(() => {
		const isShown = this.#isShown;
		const isChecked = this.#isChecked;
		return this.#inOrder((row, index) => isChecked(row) && !isShown(row, index)).length;
	});

	#isChecked = $derived.by(() => checkTest(this.#selection.choices));

	/** Signals are read once, not 100,000 times. */
	#isShown = $derived.by(() => {
		const { filter, reason, due } = this;
		const dueOf = this.#dueOf;
		const [found, failed] = [this.#found, this.#failed];
		const classCodes = this.source.whole?.classCodes;
		const isListed = filter === 'listed';
		const wanted = isListed ? leftOutCode : reportClasses.indexOf(filter);
		return (row: ReportRow, index: number): boolean => {
			return (
				(classCodes?.[index] === wanted) !== isListed &&
				(due === '' || dueOf(row) === due) &&
				(!found || found[index] === 1) &&
				(!failed || failed[index] === 0) &&
				(reason === '' || row.reasons[0]?.kind === reason)
			);
		};
	});

	/** Whom the mail of a household addresses, by name; '' while nobody there is checked. */
	readonly mailTo = (household: Household): string => this.#leads.get(household) ?? '';

	readonly #leads: ReadonlyMap<Household, string> = $derived.by(() => householdLeads(this.checked));

	/** Everybody who is checked, hidden by search and filter or not, in the report's order. */
	readonly checked: readonly ReportRow[] = $derived.by(() =>
		checkedRows(this.report ?? { rows: [] }, this.#selection.choices),
	);

	/** The same in the list's order: one steps through them. */
	readonly recipients: readonly ReportRow[] = $derived.by(() => {
		return householdsTogether(this.#inOrder(checkTest(this.#selection.choices)));
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

	askReason(reason: ReasonKind | ''): void {
		this.#askedReason = reason;
	}

	askDue(due: Due | ''): void {
		this.#askedDue = due;
	}

	focus(row: ReportRow): void {
		this.#focusId = row.clientId;
	}

	#inOrder(isWanted: (row: ReportRow, index: number) => boolean): ReportRow[] {
		const rows = this.source.whole?.rows ?? [];
		const { marks } = this.source;
		const wanted: ReportRow[] = [];
		const order = this.#order;
		for (let at = 0; at < order.length; at++) {
			const index = order[at] ?? 0;
			if (marks && marks[index] === 0) continue;
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
