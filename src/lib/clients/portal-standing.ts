import { overviewPlace } from '$lib/domain/overview.ts';
import type { PortalStanding } from '$lib/domain/portal-standing.ts';
import { canBeChecked, type ReportRow } from '$lib/domain/report.ts';
import { describeReason } from '$lib/domain/report-reasons.ts';

/** In the order of the way. */
export const portalStandings: readonly { standing: PortalStanding; words: string }[] = [
	{ standing: 'not-invited', words: 'Not invited' },
	{ standing: 'waiting', words: 'Waiting' },
	{ standing: 'invited', words: 'Invited' },
	{ standing: 'reminded', words: 'Reminded' },
	{ standing: 'expired', words: 'Expired' },
	{ standing: 'joined', words: 'Joined' },
	{ standing: 'left-out', words: 'Left out' },
];

/** The badge of each standing. */
export const standingTones = {
	'not-invited': 'neutral',
	waiting: 'waiting',
	invited: 'good',
	reminded: 'good',
	expired: 'warn',
	joined: 'good',
	'left-out': 'warn',
} as const satisfies Record<PortalStanding, string>;

export function standingInWords(standing: PortalStanding): string {
	return portalStandings.find((place) => place.standing === standing)?.words ?? '';
}

export function standingOf(row: ReportRow): PortalStanding {
	const place = overviewPlace(row);
	const reason = row.reasons[0];
	if (place === 'invited' && reason?.kind === 'already-invited') {
		if (reason.isExpired) return 'expired';
		if (reason.isReminded) return 'reminded';
	}
	return place === 'ready' || place === 'held' ? 'not-invited' : place;
}

/** What is to be said beside the standing: why a client is held or left out, when she was invited; or ''. */
export function remarkOn(row: ReportRow, now: number): string {
	const reason = row.reasons[0];
	if (!reason || reason.kind === 'joined' || reason.kind === 'waiting') return '';
	if (reason.kind === 'inactive' && canBeChecked(row)) return `${reason.status} client`;
	return describeReason(reason, now);
}
