import type { Client } from '$lib/domain/client.ts';
import { inboxOf } from '$lib/domain/inbox.ts';
import { idsOf, presentIds } from '$lib/domain/former-ids.ts';
import { frozenLetters } from '$lib/domain/frozen-letters.ts';
import { invitationStandings } from '$lib/domain/invitation-standing.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import { invite } from '$lib/domain/invite.ts';
import type { Letter, Message } from '$lib/domain/message.ts';
import { addressee, type PortalUser } from '$lib/domain/portal-user.ts';
import { professionalFinder } from '$lib/domain/professional.ts';
import { RowIds } from '$lib/domain/row-ids.ts';
import type { ReasonKind } from '$lib/domain/report-reasons.ts';
import type { InvitationSettings, PracticeSettings } from '$lib/domain/settings/practice.ts';
import type { PortalDoorSettings } from '$lib/domain/settings/portal-door.ts';
import type { SettingsRow } from '$lib/domain/settings.ts';
import type { Wording } from '$lib/domain/wording.ts';
import type { Snapshot } from '$lib/vault/types.ts';
import type { LinkOfInbox } from '../door/user-links.ts';
import { missingSecret } from '../practice-secret.ts';
import { drawCodes, newSecret } from '../random-codes.ts';

/** What is sent to a portal user, as the person saw it. */
export interface PortalLetter {
	template: Wording;
	/** What a resend says; left out, the same. */
	reminder?: Wording;
	practice: PracticeSettings;
	invitation: Pick<InvitationSettings, 'undoWindowMs' | 'expiryDays'>;
	/** Where links go, where not to the portal's own address. */
	door?: PortalDoorSettings;
}

export interface PortalPorts {
	now: number;
	newId: () => string;
}

export type InviteOutcome =
	| { kind: 'queued'; dueAt: number; messageIds: readonly string[] }
	/** The address has an invitation already, or the client must not be written to. */
	| { kind: 'declined'; why: 'invited' | 'do-not-email' | 'gone' | 'waiting' | 'too-soon' };

/** Rows of the same commit that lets the users in. */
export interface QueuedUsers {
	outcome: InviteOutcome;
	put?: {
		letters: readonly Letter[];
		invitations: readonly Invitation[];
		messages: readonly Message[];
		settings: readonly SettingsRow[];
	};
}

/** Collections that `queueUsers` reads or changes. */
export const needs = [
	'clients',
	'portalUsers',
	'professionals',
	'invitations',
	'messages',
	'letters',
	'settings',
] as const;

/**
 * Queues an invitation to each of these users of one client, and to each inbox one: of two users who
 * share theirs the first is written to.
 */
export function queueUsers(
	state: Snapshot,
	client: Client,
	users: readonly PortalUser[],
	{ template, practice, invitation }: PortalLetter,
	{ now, newId }: PortalPorts,
	linkOf?: LinkOfInbox,
): QueuedUsers {
	if (client.isDoNotEmail || client.isDeceased)
		return { outcome: { kind: 'declined', why: 'do-not-email' } };
	const formerMessages = state.rows('messages');
	const professionals = state.rows('professionals');
	const letters = frozenLetters(template, practice, professionals, { newId, now });
	const rowIds = new RowIds(`${newId()}-`);
	const ids = idsOf(client);
	const present = presentIds([client]);
	const invitations: Invitation[] = [];
	const messages: Message[] = [];
	for (const user of users) {
		const inbox = inboxOf(user.emailAddress);
		const known = [...state.rows('invitations'), ...invitations];
		// One inbox of one client is invited once; that the client has another user invited does not matter.
		const ofUser = known.filter(
			(one) => ids.includes(one.clientId) && inboxOf(one.emailAddress) === inbox,
		);
		const isOwn = user.id === client.id;
		const person = isOwn ? client : addressee(client, user.name, user.emailAddress);
		const batch = invite(
			[{ client: person, clientId: person.id, class: 'ready', reasons: [], inbox }],
			{
				letter: letters.for(client),
				professionalOf: professionalFinder(professionals),
				practice,
				now,
				undoWindowMs: invitation.undoWindowMs,
				expiryDays: invitation.expiryDays,
				ids: rowIds,
				newCodes: drawCodes,
				madeLinkOf: linkOf && (() => linkOf(inbox)),
				standings: invitationStandings(ofUser, [...formerMessages, ...messages], present),
				invitations: known,
				formerMessages,
			},
		);
		invitations.push(...batch.invitations.rows);
		messages.push(
			...batch.messages.rows.map((message) => ({ ...message, despite: despite(client, isOwn) })),
		);
	}
	const [first] = messages;
	if (!first) return { outcome: { kind: 'declined', why: 'invited' } };
	const messageIds = messages.map(({ id }) => id);
	return {
		outcome: { kind: 'queued', dueAt: first.dueAt, messageIds },
		put: {
			letters: letters.of(messages.map(({ letterId }) => letterId)),
			invitations,
			messages,
			settings: missingSecret(state.rows('settings'), newSecret(crypto)),
		},
	};
}

/**
 * What does not hold the message as it leaves: the person saw the status of the one client whom she
 * invites, and that the client joined, that her access was revoked or that mail to her came back says
 * nothing of somebody else's inbox.
 */
function despite({ status }: Client, isOwn: boolean): readonly ReasonKind[] {
	const seen: ReasonKind[] = status === 'inactive' || status === 'archived' ? ['inactive'] : [];
	return isOwn ? seen : [...seen, 'joined', 'bounced', 'revoked'];
}
