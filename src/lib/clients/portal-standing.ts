import { canBeChecked, type Report, type ReportRow } from '$lib/domain/report.ts';
import { describeReason } from '$lib/domain/report-reasons.ts';

/** Where a client stands on the way to the portal. Every client stands at exactly one place. */
export type PortalStanding = 'not-invited' | 'waiting' | 'invited' | 'joined' | 'left-out';

/** In the order of the way. */
export const portalStandings: readonly { standing: PortalStanding; words: string }[] = [
	{ standing: 'not-invited', words: 'Not invited' },
	{ standing: 'waiting', words: 'Waiting' },
	{ standing: 'invited', words: 'Invited' },
	{ standing: 'joined', words: 'Joined' },
	{ standing: 'left-out', words: 'Left out' },
];

/** The badge of each standing. */
export const standingTones = {
	'not-invited': 'neutral',
	waiting: 'waiting',
	invited: 'good',
	joined: 'good',
	'left-out': 'warn',
} as const satisfies Record<PortalStanding, string>;

export function standingInWords(standing: PortalStanding): string {
	return portalStandings.find((place) => place.standing === standing)?.words ?? '';
}

export function standingOf(row: ReportRow): PortalStanding {
	if (row.class !== 'left-out') return 'not-invited';
	switch (row.reasons[0]?.kind) {
		case 'joined':
			return 'joined';
		case 'waiting':
			return 'waiting';
		case 'already-invited':
			return 'invited';
		default:
			return 'left-out';
	}
}

/** Sums to the number of clients. */
export function countStandings(report: Pick<Report, 'rows'>): Record<PortalStanding, number> {
	const counts = { 'not-invited': 0, waiting: 0, invited: 0, joined: 0, 'left-out': 0 };
	for (const row of report.rows) counts[standingOf(row)] += 1;
	return counts;
}

/** What is to be said beside the standing: why a client is held or left out, when she was invited; or ''. */
export function remarkOn(row: ReportRow, now: number): string {
	const reason = row.reasons[0];
	if (!reason || reason.kind === 'joined' || reason.kind === 'waiting') return '';
	if (reason.kind === 'inactive' && canBeChecked(row)) return `${reason.status} client`;
	return describeReason(reason, now);
}
