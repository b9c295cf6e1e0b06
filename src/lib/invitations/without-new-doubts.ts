import type { Standing, Standings } from '$lib/domain/invitation-standing.ts';
import type { ReportRow } from '$lib/domain/report.ts';

/**
 * Without those whose last mail was refused, or called back after it may have arrived, since the report
 * was shown: who confirmed did not know of it, and so has not said that they get another one all the same.
 */
export function withoutNewDoubts(
	rows: readonly ReportRow[],
	{ byClient }: Pick<Standings, 'byClient'>,
): readonly ReportRow[] {
	if (byClient.size === 0) return rows;
	return rows.filter((row) => isKnown(row, byClient.get(row.clientId)));
}

function isKnown({ inbox, reasons }: ReportRow, standing: Standing | undefined): boolean {
	if (standing?.kind !== 'refused' && standing?.kind !== 'maybe') return true;
	// It spoke of the address of that time.
	if (standing.inbox !== inbox) return true;
	const shown = standing.kind === 'refused' ? 'refused' : 'may-have-arrived';
	return reasons.some((reason) => reason.kind === shown && reason.at === standing.at);
}
