import type { Standings } from './invitation-standing.ts';
import type { ReportRow } from './report.ts';

/** Parts who can be invited from whom somebody else was faster to invite, or who has no inbox. */
export function withoutTaken(
	rows: readonly ReportRow[],
	{ byClient }: Pick<Standings, 'byClient'>,
	isAnew: boolean,
): { free: readonly ReportRow[]; skipped: ReportRow[] } {
	const isFree = ({ clientId, inbox }: ReportRow) => {
		if (inbox === '') return false;
		const standing = byClient.get(clientId)?.kind;
		return standing !== 'waiting' && (standing !== 'invited' || isAnew);
	};
	// Looking at all of them at once is several times faster than at one after the other.
	const isOnce = new Set(rows.map(({ clientId }) => clientId)).size === rows.length;
	if (isOnce && rows.every(isFree)) return { free: rows, skipped: [] };

	const free: ReportRow[] = [];
	const skipped: ReportRow[] = [];
	const invited = new Set<string>();
	for (const row of rows) {
		const isTaken = !isFree(row) || invited.has(row.clientId);
		(isTaken ? skipped : free).push(row);
		if (!isTaken) invited.add(row.clientId);
	}
	return { free, skipped };
}
