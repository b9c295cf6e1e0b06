import { dateInWords } from '$lib/domain/date-in-words.ts';
import type { PortalPermission, PortalUserState } from '$lib/domain/portal-user.ts';
import type { Blocker } from '$lib/domain/sending-blockers.ts';
import type { Enrolled } from './enrolment.ts';
import { answerWords } from '../door/answer-words.ts';
import type { InviteOutcome } from './queue-users.ts';

export const permissionWords: Record<PortalPermission, string> = {
	appointments: 'Appointments',
	messages: 'Messages',
	documents: 'Documents',
	billing: 'Billing',
};

/** "Appointments, Billing" */
export function permissionsInWords(permissions: readonly PortalPermission[]): string {
	return permissions.length === 0
		? 'may see nothing yet'
		: permissions.map((permission) => permissionWords[permission]).join(', ');
}

/** "Invited on 3 May 2026, expires on 2 June 2026", with its tone. */
export function stateInWords(state: PortalUserState): {
	label: string;
	detail: string;
	tone: 'neutral' | 'waiting' | 'good' | 'warn' | 'bad';
} {
	switch (state.kind) {
		case 'never':
			return { label: 'Never invited', detail: '', tone: 'neutral' };
		case 'queued':
			return {
				label: 'In the outbox',
				detail: `since ${dateInWords(state.since)}`,
				tone: 'waiting',
			};
		case 'invited':
			return {
				label: `Invited on ${dateInWords(state.at)}`,
				detail: `expires on ${dateInWords(state.expiresAt)}`,
				tone: 'good',
			};
		case 'reminded':
			return {
				label: `Reminded on ${dateInWords(state.lastAt)}`,
				detail: `invited on ${dateInWords(state.at)}, expires on ${dateInWords(state.expiresAt)}`,
				tone: 'good',
			};
		case 'expired':
			return {
				label: 'Expired',
				detail: `invited on ${dateInWords(state.at)}, open until ${dateInWords(state.expiredAt)}`,
				tone: 'warn',
			};
		case 'refused':
			return { label: 'Refused', detail: state.why, tone: 'bad' };
		case 'bounced':
			return { label: 'Bounced', detail: `on ${dateInWords(state.at)}`, tone: 'bad' };
		case 'joined':
			return { label: 'Joined', detail: `on ${dateInWords(state.at)}`, tone: 'good' };
		case 'answered':
			return {
				label: `Answered ‘${answerWords[state.answer]}’`,
				detail: `on ${dateInWords(state.at)}`,
				tone: state.answer === 'would-like' ? 'waiting' : 'warn',
			};
		case 'revoked':
			return { label: 'Revoked', detail: `on ${dateInWords(state.at)}`, tone: 'warn' };
	}
}

/** What became of 'send an invitation', in words. */
export function outcomeInWords(outcome: InviteOutcome | NonNullable<Enrolled['outcome']>): string {
	if (outcome.kind === 'queued')
		return outcome.messageIds.length === 1
			? 'The invitation is in the outbox.'
			: `${outcome.messageIds.length} invitations are in the outbox.`;
	switch (outcome.why) {
		case 'invited':
			return 'This address has an invitation already. Use ‘Resend’.';
		case 'do-not-email':
			return 'This client is not to be emailed. Nothing was sent.';
		case 'inbox-not-emailed':
			return 'Another client at this address is not to be emailed, or mail to it came back. Nothing was sent.';
		case 'gone':
			return 'This is not here any more. Nothing was sent.';
		case 'waiting':
			return 'The last one has not left yet: see the Outbox.';
		case 'too-soon':
			return 'The last one was sent a moment ago. Wait five minutes.';
	}
}

/** Where in the settings a blocker is mended. */
export function settingsOf({ where }: Pick<Blocker, 'where'>): { href: string; label: string } {
	switch (where) {
		case 'relay':
			return { href: '#/settings/email-relay', label: 'Set up the email relay' };
		case 'template':
			return { href: '#/settings/invitation', label: 'Mend the message' };
		case 'practice':
		case 'report':
			return { href: '#/settings/practice', label: 'Fill in the practice' };
	}
}

/** The ways to mend these, each once. */
export function waysOf(blockers: readonly Blocker[]): { href: string; label: string }[] {
	const ways = new Map(blockers.map(settingsOf).map((way) => [way.href, way]));
	return [...ways.values()];
}
