import { reportKinds, type ReportKind } from '$lib/domain/report-kind.ts';

export interface ReportPlace {
	kind: ReportKind;
	title: string;
	/** In the switch between them. */
	short: string;
	/** Of its own, so that it can be linked to. */
	href: string;
	/** What the part of all who are listed is called. */
	listed: string;
}

/** The reports in the order of the way. */
export const reportPlaces: readonly ReportPlace[] = [
	{
		kind: 'first',
		title: 'Clients not yet invited',
		short: 'Not yet invited',
		href: '#/report',
		listed: 'To invite',
	},
	{
		kind: 'waiting',
		title: 'Invited, not yet joined',
		short: 'Invited, not yet joined',
		href: '#/report?which=waiting',
		listed: 'To remind',
	},
	{
		kind: 'returned',
		title: 'Bounced or refused',
		short: 'Bounced or refused',
		href: '#/report?which=bounced',
		listed: 'To invite again',
	},
];

export function placeOf(kind: ReportKind): ReportPlace {
	return reportPlaces[reportKinds.indexOf(kind)] as ReportPlace;
}

/** Which report the page's address names; the first where it names none. */
export function kindFrom(hash: string): ReportKind {
	const which = new URLSearchParams(hash.split('?')[1] ?? '').get('which');
	if (which === 'waiting') return 'waiting';
	return which === 'bounced' ? 'returned' : 'first';
}
