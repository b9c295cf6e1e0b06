import type { ReasonKind } from '$lib/domain/report-reasons.ts';
import type { ReportClass, ReportRow } from '$lib/domain/report.ts';

/** How many rows of a class have this reason first. */
export interface ReasonCount {
	kind: ReasonKind;
	count: number;
}

/** By what the rows of a class are kept, the most first; they sum to the rows of the class that have a reason. */
export function reasonCounts(rows: readonly ReportRow[], rowClass: ReportClass): ReasonCount[] {
	const counts = new Map<ReasonKind, number>();
	for (const row of rows) {
		const kind = row.class === rowClass ? row.reasons[0]?.kind : undefined;
		if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
	}
	return [...counts]
		.map(([kind, count]) => ({ kind, count }))
		.sort((one, other) => other.count - one.count);
}
