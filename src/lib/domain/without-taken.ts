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
	const invited = new Set<string>();
	for (const row of rows) {
		const { clientId } = row;
		const standing = byClient.get(clientId)?.kind;
		const isInvited = standing === 'invited' && !isAnew;
		const isTaken = standing === 'waiting' || isInvited || invited.has(clientId);
		if (row.inbox === '' || isTaken) skipped.push(row);
		else {
			invited.add(clientId);
			free.push(row);
		}
	}
	return { free, skipped };
}
