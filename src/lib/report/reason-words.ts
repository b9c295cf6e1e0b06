import type { ReasonKind } from '$lib/domain/report-reasons.ts';

/** What a reason is called where clients are counted by it. */
export const reasonWords: Record<ReasonKind, string> = {
	deceased: 'Deceased',
	'do-not-email': 'Asked not to be emailed',
	joined: 'Joined the portal',
	declined: 'Answered no',
	revoked: 'Access revoked',
	waiting: 'In the outbox',
	'already-invited': 'Invited already',
	inactive: 'Inactive or archived',
	'no-address': 'No email address',
	'not-an-address': 'Not an email address',
	bounced: 'Mail came back',
	'shares-address': 'Shares an address',
	'inbox-do-not-email': 'Address asked not to be emailed',
	'minor-without-guardian': 'Minor, no guardian',
	'guardian-without-address': 'Guardian has no address',
	'looks-mistyped': 'Looks mistyped',
	'look-alike-letters': 'Look-alike letters',
	refused: 'Last mail refused',
	'may-have-arrived': 'May have arrived',
	'not-hers': 'Not meant for them',
	'no-name': 'No name',
};
