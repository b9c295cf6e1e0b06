import type { Standings } from './invitation-standing.ts';
import type { ReportRow } from './report.ts';

/** Parts who can be invited from whom somebody else was faster to invite, or who has no inbox. */
export function withoutTaken(
	rows: readonly ReportRow[],
	{ byClient }: Standings,
	isAnew: boolean,
): { free: ReportRow[]; skipped: ReportRow[] } {
	const free: ReportRow[] = [];
	const skipped: ReportRow[] = [];
	const isFirst = firstOfEach(rows);
	for (const row of rows) {
		const standing = byClient.size === 0 ? undefined : byClient.get(row.clientId)?.kind;
		const isInvited = standing === 'invited' && !isAnew;
		const isTaken = standing === 'waiting' || isInvited || row.inbox === '';
		(isTaken || !isFirst(row) ? skipped : free).push(row);
	}
	return { free, skipped };
}

/** Whether it is asked for a row's client for the first time; by her place, where all have one in the same table. */
function firstOfEach(rows: readonly ReportRow[]): (row: ReportRow) => boolean {
	const table = rows[0]?.foundIn;
	if (table && rows.every((row) => row.foundIn === table && row.foundAt !== undefined)) {
		const isSeen = new Uint8Array(table.length);
		return ({ foundAt = 0 }) => isSeen[foundAt] === 0 && (isSeen[foundAt] = 1) === 1;
	}
	const seen = new Set<string>();
	return ({ clientId }) => !seen.has(clientId) && !!seen.add(clientId);
}
