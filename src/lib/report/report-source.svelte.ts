import type { ReportKind } from '$lib/domain/report-kind.ts';
import { reportScope, reportWithin } from '$lib/domain/report-scope.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { ReportScope } from '$lib/domain/settings/report-choices.ts';
import { live } from '$lib/vault/live.svelte.ts';
import { LiveReport, type ReportNow } from '$lib/vault/live-report.svelte.ts';
import { otherReports } from './other-reports.ts';

/** Which report it is, and of whom: of everyone, or of those whom she chose. */
export class ReportSource {
	readonly kind: ReportKind;
	readonly #report: LiveReport<number | undefined>;
	readonly #settings = live('settings');
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

	constructor(kind: ReportKind) {
		this.kind = kind;
		this.#report = new LiveReport(otherReports[kind]);
	}

	/** To whom the report is limited; undefined when it is of everyone. */
	readonly scope: ReportScope | undefined = $derived.by(() => this.#stored ?? this.#remembered);

	/** The whole report, whoever is within the scope. Undefined until the scope is known. */
	readonly whole: ReportNow | undefined = $derived.by(() =>
		this.#settings.current ? this.#report.current : undefined,
	);
	#within = $derived.by(() => {
		const { scope, whole } = this;
		return whole && scope && reportWithin(whole, scope.clientIds);
	});

	/** Rows and counts of those within the scope; undefined until it is built. */
	readonly report: ReportNow | undefined = $derived.by(() => {
		const { whole } = this;
		return whole && this.#within ? { ...whole, ...this.#within } : whole;
	});

	/** By place in the whole report 1 for whom it is limited to; undefined where it is of everyone. */
	get marks(): Uint8Array | undefined {
		return this.#within?.marks;
	}

	get problem(): unknown {
		return this.#report.problem;
	}

	/** After so many days somebody is due. */
	readonly afterDays: number = $derived.by(
		() => settingsFrom(this.#settings.current ?? [], 'invitation').remindAfterDays,
	);

	/** Call before a sending, which ends the scope: this page goes on showing whom it was of. */
	rememberScope(): void {
		this.#remembered = this.scope;
	}

	forgetScope(): void {
		this.#remembered = undefined;
	}
}
