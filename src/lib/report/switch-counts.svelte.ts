import type { ReportKind } from '$lib/domain/report-kind.ts';
import { reportScope, reportWithin } from '$lib/domain/report-scope.ts';
import type { Report } from '$lib/domain/report.ts';
import { live } from '$lib/vault/live.svelte.ts';
import { LiveReport } from '$lib/vault/live-report.svelte.ts';
import { otherReports } from './other-reports.ts';
import { reportPlaces } from './report-places.ts';

/** With more clients, to build reports that nobody looks at would hold the page up. */
const mostClients = 10_000;

/** How many are listed in the reports beside the one that is looked at. */
export class SwitchCounts {
	readonly #settings = live('settings');
	readonly #others: readonly { kind: ReportKind; report: LiveReport<number | undefined> }[];
	#hasTime = $state(false);

	constructor(kind: ReportKind) {
		this.#others = reportPlaces
			.filter((place) => place.kind !== kind)
			.map((place) => ({ kind: place.kind, report: new LiveReport(otherReports[place.kind]) }));
	}

	/** Call once the report that is looked at, of so many rows, stands there, when the page has a moment. */
	start(rows: number): void {
		this.#hasTime = rows <= mostClients;
	}

	/** Undefined while it is not known, and for the report that is looked at. */
	of(kind: ReportKind): number | undefined {
		const other = this.#others.find((one) => one.kind === kind);
		const report = this.#hasTime ? other?.report.current : undefined;
		const scope = kind === 'first' && reportScope(this.#settings.current ?? []);
		return report && listedIn(scope ? reportWithin(report, scope.clientIds) : report);
	}
}

export function listedIn({ counts }: Pick<Report, 'counts'>): number {
	return counts.ready + counts.held;
}
