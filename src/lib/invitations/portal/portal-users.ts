import { freezeLetter } from '$lib/domain/compose.ts';
import type { Client } from '$lib/domain/client.ts';
import { normaliseEmailAddress } from '$lib/domain/email-address.ts';
import { invitationStandings } from '$lib/domain/invitation-standing.ts';
import { invite } from '$lib/domain/invite.ts';
import type { Letter, Template } from '$lib/domain/message.ts';
import { ownPortalUser, type PortalUser } from '$lib/domain/portal-user.ts';
import type { InvitationSettings, PracticeSettings } from '$lib/domain/settings.ts';
import type { CommitReceipt, Snapshot, Vault } from '$lib/vault/types.ts';
import { makeCodes, newSecret } from '../random-codes.ts';
import { missingSecret } from '../practice-secret.ts';

/** What is sent to a portal user, as the person saw it. */
export interface PortalLetter {
	template: Pick<Template, 'subject' | 'body'>;
	practice: PracticeSettings;
	invitation: Pick<InvitationSettings, 'undoWindowMs' | 'expiryDays'>;
}

export interface PortalPorts {
	now: number;
	newId: () => string;
}

export type InviteOutcome =
	| { kind: 'queued'; dueAt: number }
	/** The address has an invitation already, or the client must not be written to. */
	| { kind: 'declined'; why: 'invited' | 'do-not-email' | 'gone' | 'waiting' | 'too-soon' };

/** The client's data with the name and address of whom a message about her is written to. */
export function addressee(client: Client, firstName: string, emailAddress: string): Client {
	return { ...client, firstName, lastName: '', preferredName: '', emailAddress };
}

/** The user's row, or the client herself as her own first user. */
export function portalUserIn(state: Snapshot, client: Client, userId: string): PortalUser {
	return (
		state.get('portalUsers', userId) ??
		(userId === client.id ? ownPortalUser(client) : { ...ownPortalUser(client), id: userId })
	);
}

export const needs = [
	'clients',
	'portalUsers',
	'invitations',
	'messages',
	'letters',
	'settings',
] as const;

/** Adds a portal user of a client and queues the invitation, as one commit. Throws VaultProblem. */
export async function addPortalUser(
	vault: Vault,
	user: PortalUser,
	letter: PortalLetter | undefined,
	ports: PortalPorts,
): Promise<InviteOutcome | undefined> {
	let outcome: InviteOutcome | undefined;
	await vault.commit(
		(state) => {
			const client = state.get('clients', user.clientId);
			if (!client) {
				outcome = { kind: 'declined', why: 'gone' };
				return undefined;
			}
			const queued = letter && queue(state, client, user, letter, ports);
			outcome = queued?.outcome;
			return { put: { portalUsers: [user], ...queued?.put } };
		},
		{ what: 'portal user added', count: 1 },
		{ needs, isStrict: true },
	);
	return outcome;
}

/** Queues the first invitation of a portal user who is known already. Throws VaultProblem. */
export async function invitePortalUser(
	vault: Vault,
	clientId: string,
	userId: string,
	letter: PortalLetter,
	ports: PortalPorts,
): Promise<InviteOutcome> {
	let outcome: InviteOutcome = { kind: 'declined', why: 'gone' };
	await vault.commit(
		(state) => {
			const client = state.get('clients', clientId);
			if (!client) return undefined;
			const queued = queue(state, client, portalUserIn(state, client, userId), letter, ports);
			outcome = queued.outcome;
			return queued.put && { put: queued.put };
		},
		{ what: 'invitations queued', count: 1 },
		{ needs, isStrict: true },
	);
	return outcome;
}

function queue(
	state: Snapshot,
	client: Client,
	user: PortalUser,
	{ template, practice, invitation }: PortalLetter,
	{ now, newId }: PortalPorts,
) {
	const declined = (why: 'invited' | 'do-not-email') => ({
		outcome: { kind: 'declined', why } as const,
		put: undefined,
	});
	if (client.isDoNotEmail || client.isDeceased) return declined('do-not-email');
	const inbox = normaliseEmailAddress(user.emailAddress);
	const invitations = state.rows('invitations');
	const messages = state.rows('messages');
	const letter: Letter = freezeLetter(template, practice, newId(), now);
	// One inbox of one client is invited once; that the client has another user invited does not matter.
	const ofUser = invitations.filter(
		(one) => one.clientId === client.id && normaliseEmailAddress(one.emailAddress) === inbox,
	);
	const standings = invitationStandings(ofUser, messages);
	const isOwn = user.id === client.id;
	const person = isOwn ? client : addressee(client, user.name, user.emailAddress);
	const batch = invite(
		[{ client: person, clientId: person.id, class: 'ready', reasons: [], inbox }],
		{
			letter,
			practice,
			now,
			undoWindowMs: invitation.undoWindowMs,
			expiryDays: invitation.expiryDays,
			newId,
			newCode: makeCodes(),
			standings,
			invitations,
			formerMessages: messages,
		},
	);
	const [message] = batch.messages;
	if (!message) return declined('invited');
	return {
		outcome: { kind: 'queued', dueAt: message.dueAt } as const,
		put: {
			letters: [letter],
			invitations: batch.invitations,
			messages: batch.messages,
			settings: missingSecret(state.rows('settings'), newSecret(crypto)),
		},
	};
}

export type PortalFact = 'joinedAt' | 'bouncedAt' | 'revokedAt';

/** 'Mark as joined', 'Mark as bounced', 'Revoke', or takes such a mark back (`at` 0). Throws VaultProblem. */
export function markPortalUser(
	vault: Vault,
	clientId: string,
	userId: string,
	fact: PortalFact,
	at: number,
): Promise<CommitReceipt | undefined> {
	return vault.commit(
		(state) => {
			const client = state.get('clients', clientId);
			if (!client) return undefined;
			const user = { ...portalUserIn(state, client, userId), [fact]: at };
			// What the report looks at stands on the client herself.
			const isOwn = userId === clientId;
			const marked: Client = {
				...client,
				hasJoinedPortal: fact === 'joinedAt' ? at > 0 : client.hasJoinedPortal,
				hasBounced: fact === 'bouncedAt' ? at > 0 : client.hasBounced,
			};
			return { put: { portalUsers: [user], ...(isOwn ? { clients: [marked] } : {}) } };
		},
		{ what: 'portal user marked', count: 1, canUndo: true },
		{ needs },
	);
}
