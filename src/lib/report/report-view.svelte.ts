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
import type { ReportKind } from '$lib/domain/report-kind.ts';
import { reportScope, reportWithin } from '$lib/domain/report-scope.ts';
import { settingsFrom, type ReportScope } from '$lib/domain/settings.ts';
import { live } from '$lib/vault/live.svelte.ts';
import { LiveReport, type ReportNow } from '$lib/vault/live-report.svelte.ts';
import { makeSearch } from '$lib/domain/search.ts';
import { asTable } from '$lib/domain/table.ts';
import { householdLeads } from './mail-to.ts';
import { reasonCounts, type ReasonCount } from './reason-counts.ts';
import { dueCounts, dueTest, type Due, type DueCount } from './due.ts';
import { otherReports } from './other-reports.ts';
import type { Selection } from './selection.svelte.ts';
import { sortOrder, type Sort } from '$lib/domain/sort-order.ts';

/** `listed`: ready and held, all who can be invited. */
export type ReportFilter = 'listed' | ReportClass;

/**
 * The report as a person looks at it: of everyone or of those whom she chose, a class of it, searched and
 * sorted, with one row in focus. While a scope stands nobody else is in any of it.
 */
export class ReportView {
	readonly kind: ReportKind;
	readonly #report: LiveReport<number | undefined>;
	readonly #settings = live('settings');
	readonly #selection: Selection;
	/** Outlives the scope in the vault, which ends with a sending, until the page goes. */
	#remembered = $state.raw<ReportScope>();
	#last: ReportScope | undefined;
	// Settings change with each message that leaves: the scope of one choosing stays one object.
	#stored = $derived.by(() => {
		// Those whom she chose in Clients are to be invited: the other reports are of everyone.
		if (this.kind !== 'first') return undefined;
		const scope = reportScope(this.#settings.current ?? []);
		return scope?.chosenAt === this.#last?.chosenAt ? this.#last : (this.#last = scope);
	});
	filter = $state<ReportFilter>('listed');
	query = $state('');
	/** The reason that a person asked for; it counts where the class that is shown has it. */
	#askedReason = $state<ReasonKind | ''>('');
	#askedDue = $state<Due | ''>('');
	/** What the list is narrowed to. It hides; who is checked stays so. */
	narrowing = $state.raw<ClientFilter>({});
	sort = $state.raw<Sort>({ by: 'name', isDescending: false });
	#focusId = $state('');

	#clients = $derived.by(() => this.#report.current?.clients ?? asTable<Client>([]));
	#search = $derived(makeSearch(this.#clients));
	#order = $derived(sortOrder(this.#clients, this.sort));
	#found = $derived(this.query.trim() === '' ? undefined : this.#marked(this.#search(this.query)));

	/** What a list can be narrowed by; read when it is asked for. */
	readonly facets: Facets = $derived.by(() => {
		const facets = readFacets(this.#clients, this.#report.current?.at ?? 0);
		return { ...facets, standing: new Uint8Array(facets.length) };
	});
	#failed = $derived.by(() =>
		countFilters(this.narrowing) > 0 ? failures(this.facets, this.narrowing) : undefined,
	);

	constructor(selection: Selection, kind: ReportKind = 'first') {
		this.#selection = selection;
		this.kind = kind;
		this.#report = new LiveReport(otherReports[kind]);
	}

	/** To whom the report is limited; undefined when it is of everyone. */
	readonly scope: ReportScope | undefined = $derived.by(() => this.#stored ?? this.#remembered);

	/** The whole report, whoever is within the scope. Undefined until the scope is known. */
	#whole = $derived.by(() => (this.#settings.current ? this.#report.current : undefined));
	#within = $derived.by(() => {
		const { scope } = this;
		const whole = this.#whole;
		return whole && scope && reportWithin(whole, scope.clientIds);
	});

	/** Rows and counts of those within the scope; undefined until it is built. */
	readonly report: ReportNow | undefined = $derived.by(() => {
		const whole = this.#whole;
		return whole && this.#within ? { ...whole, ...this.#within } : whole;
	});

	get problem(): unknown {
		return this.#report.problem;
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
		if (this.kind !== 'waiting' || this.filter === 'left-out') return [];
		const { filter } = this;
		const rows = (this.report?.rows ?? []).filter((row) =>
			filter === 'listed' ? row.class !== 'left-out' : row.class === filter,
		);
		return dueCounts(rows, this.#dueOf);
	});

	/** After so many days somebody is due. */
	readonly afterDays: number = $derived.by(
		() => settingsFrom(this.#settings.current ?? [], 'invitation').remindAfterDays,
	);

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
		return (row: ReportRow, index: number): boolean => {
			const isOfClass = filter === 'listed' ? row.class !== 'left-out' : row.class === filter;
			return (
				isOfClass &&
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

	/** Call before a sending, which ends the scope: this page goes on showing whom it was of. */
	rememberScope(): void {
		this.#remembered = this.scope;
	}

	forgetScope(): void {
		this.#remembered = undefined;
	}

	#inOrder(isWanted: (row: ReportRow, index: number) => boolean): ReportRow[] {
		const rows = this.#whole?.rows ?? [];
		const marks = this.#within?.marks;
		const wanted: ReportRow[] = [];
		for (const index of this.#order) {
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
