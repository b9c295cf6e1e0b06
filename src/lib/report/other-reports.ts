import { buildReminderReport, buildReturnedReport } from '$lib/domain/report-again.ts';
import type { ReportKind } from '$lib/domain/report-kind.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { OtherReport } from '$lib/vault/live-report.svelte.ts';

/** How the reports about those who were written to before are built; the first one is the vault's own. */
export const otherReports: Readonly<
	Record<ReportKind, OtherReport<number | undefined> | undefined>
> = {
	first: undefined,
	waiting: {
		optionFrom: (settings) => settingsFrom(settings, 'invitation').remindAfterDays,
		build: (input, afterDays = 0) => buildReminderReport(input, afterDays),
	},
	returned: {
		optionFrom: () => undefined,
		build: (input) => buildReturnedReport(input),
	},
};
