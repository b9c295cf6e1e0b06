import { buildOverview, type Overview } from '$lib/domain/overview.ts';
import { LiveReport, type ReportNow } from '$lib/vault/live-report.svelte.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import type { Vault } from '$lib/vault/types.ts';
import { createSubscriber } from 'svelte/reactivity';

const sources = ['portalUsers', 'imports', 'clientChanges', 'journal'] as const;

export interface OverviewNow extends Overview {
	report: ReportNow;
}

/** The overview as a rune: built anew whenever the report is, which keeps the pace during a run of the outbox. */
export class LiveOverview {
	#report = new LiveReport();
	#vault: Vault | undefined;
	#problem: unknown;
	#current: OverviewNow | undefined;

	#subscribe = createSubscriber((update) => {
		const open = async () => {
			const vault = await theVault();
			await vault.load(...sources);
			this.#vault = vault;
		};
		void open()
			.catch((error: unknown) => (this.#problem = error))
			.finally(update);
	});

	/** Undefined until the collections are read. */
	get current(): OverviewNow | undefined {
		this.#subscribe();
		const report = this.#report.current;
		if (report && this.#vault && this.#current?.report !== report)
			this.#current = overviewOf(report, this.#vault);
		return this.#current;
	}

	/** Why there is none; undefined when nothing is wrong. */
	get problem(): unknown {
		this.#subscribe();
		return this.#report.problem ?? this.#problem;
	}
}

function overviewOf(report: ReportNow, { snapshot }: Vault): OverviewNow {
	const overview = buildOverview({
		clients: report.clients,
		report,
		invitations: snapshot.table('invitations'),
		messages: snapshot.table('messages'),
		portalUsers: snapshot.table('portalUsers'),
		imports: snapshot.rows('imports'),
		clientChanges: snapshot.table('clientChanges'),
		journal: snapshot.table('journal'),
		now: report.at,
	});
	return { ...overview, report };
}
