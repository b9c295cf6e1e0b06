import { reportClasses } from './client-digest.ts';
import type { Report, ReportClass, ReportRow } from './report.ts';
import type { ReasonKind } from './report-reasons.ts';
import { defaultSettings, settingsFrom, type SettingsRow } from './settings.ts';
import type { ReportScope } from './settings/report-choices.ts';

/** The clients to whom the report is limited; undefined when it shows everyone. */
export function reportScope(rows: readonly SettingsRow[]): ReportScope | undefined {
	const scope = settingsFrom(rows, 'report-scope');
	return scope.chosenAt > 0 ? scope : undefined;
}

/** The row that shows everyone again. */
export const everyone: ReportScope = defaultSettings['report-scope'];

/** Nobody else is written to while a scope stands, however the check-boxes stand. */
export function rowsWithin(
	rows: readonly ReportRow[],
	scope: ReportScope | undefined,
): readonly ReportRow[] {
	if (!scope) return rows;
	const clientIds = new Set(scope.clientIds);
	return rows.filter((row) => clientIds.has(row.clientId));
}

export interface ReportWithin extends Report {
	/** By place in the whole report: 1 for whom it is limited to. */
	marks: Uint8Array;
}

/**
 * The part of a report that concerns these clients. Being chosen overrides nothing: each keeps class and
 * reasons, and the classes sum to the number of those chosen who are still clients.
 */
export function reportWithin(
	{ rows: all }: Pick<Report, 'rows'>,
	clientIds: readonly string[],
): ReportWithin {
	const ids = new Set(clientIds);
	const marks = new Uint8Array(all.length);
	const rows = all.filter((row, index) => {
		const isWithin = ids.has(row.clientId);
		if (isWithin) marks[index] = 1;
		return isWithin;
	});
	const classCodes = Uint8Array.from(rows, (row) => reportClasses.indexOf(row.class));
	const counts: Record<ReportClass, number> = { ready: 0, held: 0, 'left-out': 0 };
	const countByReason: Partial<Record<ReasonKind, number>> = {};
	for (const row of rows) {
		counts[row.class] += 1;
		const [first] = row.reasons;
		if (first) countByReason[first.kind] = (countByReason[first.kind] ?? 0) + 1;
	}
	return { rows, classCodes, counts, countByReason, marks };
}
