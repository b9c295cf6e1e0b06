import type { InvitationHistory } from '$lib/domain/invitation-history.ts';
import { endsSoon } from '$lib/domain/report-again.ts';
import type { ReportRow } from '$lib/domain/report.ts';

/** Why somebody is due for a reminder, the most pressing first. */
const dues = ['expired', 'expiring', 'long-ago'] as const;
export type Due = (typeof dues)[number];

export interface DueCount {
	due: Due;
	count: number;
}

/** Why each row is due; `now` in epoch milliseconds. */
export function dueTest(
	histories: ReadonlyMap<string, InvitationHistory> | undefined,
	now: number,
): (row: Pick<ReportRow, 'clientId'>) => Due | '' {
	return ({ clientId }) => {
		const history = histories?.get(clientId);
		if (!history || history.letters === 0) return '';
		if (history.expiresAt <= now) return 'expired';
		return endsSoon(history, now) ? 'expiring' : 'long-ago';
	};
}

/** How many rows are due for each; none that is empty. */
export function dueCounts(
	rows: readonly ReportRow[],
	dueOf: (row: ReportRow) => Due | '',
): DueCount[] {
	const counts: Record<Due | '', number> = { expired: 0, expiring: 0, 'long-ago': 0, '': 0 };
	for (const row of rows) counts[dueOf(row)] += 1;
	return dues.flatMap((due) => (counts[due] > 0 ? [{ due, count: counts[due] }] : []));
}
