import { frozenLetters } from '$lib/domain/frozen-letters.ts';
import { fieldValues } from '$lib/domain/merge-fields.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import type { Message } from '$lib/domain/message.ts';
import { addressee } from '$lib/domain/portal-user.ts';
import { professionalFinder } from '$lib/domain/professional.ts';
import type { Client } from '$lib/domain/client.ts';
import { extendedExpiry, resendVerdict, resent } from '$lib/domain/resend.ts';
import { presentClient } from '$lib/vault/present-client.ts';
import type { Snapshot, Vault } from '$lib/vault/types.ts';
import { doorOf } from '../door/user-links.ts';
import { type InviteOutcome, needs, type PortalLetter, type PortalPorts } from './queue-users.ts';

/**
 * 'Resend': the same invitation and link in a new message. Within five minutes never; a second time in a
 * day only with a `reason`. Throws VaultProblem.
 */
export async function resendInvitation(
	vault: Vault,
	invitationId: string,
	letterNow: PortalLetter,
	reason: string,
	{ now, newId }: PortalPorts,
): Promise<InviteOutcome> {
	const { template, practice, invitation: settings } = letterNow;
	const { undoWindowMs, expiryDays } = settings;
	let outcome: InviteOutcome = { kind: 'declined', why: 'gone' };
	const link = await linkAnew(vault, invitationId, letterNow, now);
	await vault.commit(
		(state) => {
			const known = state.get('invitations', invitationId);
			const client = known && presentClient(state, known.clientId);
			const carriers = carriersOf(state, invitationId);
			const last = lastOf(carriers);
			if (!known || !client || !last) return undefined;
			if (client.isDoNotEmail || client.isDeceased) {
				outcome = { kind: 'declined', why: 'do-not-email' };
				return undefined;
			}
			const verdict = resendVerdict(carriers, now);
			const mayGo = verdict.kind === 'now' || (verdict.kind === 'once-a-day' && reason !== '');
			if (!mayGo) {
				outcome = { kind: 'declined', why: verdict.kind === 'waiting' ? 'waiting' : 'too-soon' };
				return undefined;
			}
			const professionals = state.rows('professionals');
			const letter = frozenLetters(template, practice, professionals, { newId, now }).for(client);
			const fields = fieldValues(letter.fieldNames, {
				client: writtenTo(client, known, last),
				practice,
				invitation: known,
				link,
				professionalOf: professionalFinder(professionals),
				language: letter.language,
			});
			const options = { id: newId(), letterId: letter.id, fields, expiryDays, undoWindowMs };
			const { invitation, message } = resent(known, last, { ...options, reason, now });
			outcome = { kind: 'queued', dueAt: message.dueAt, messageIds: [message.id] };
			return { put: { letters: [letter], invitations: [invitation], messages: [message] } };
		},
		{ what: 'invitation sent again', count: 1 },
		{ needs, isStrict: true },
	);
	return outcome;
}

const carriersOf = (state: Snapshot, invitationId: string) =>
	state.rows('messages').filter((message) => message.invitationId === invitationId);

function lastOf(carriers: readonly Message[]): Message | undefined {
	return carriers.reduce<Message | undefined>(
		(newest, one) => (!newest || one.round > newest.round ? one : newest),
		undefined,
	);
}

function writtenTo(client: Client, invitation: Invitation, last: Message): Client {
	// A guardian may be reached at the client's own address.
	const isOwn =
		invitation.contactId === undefined && invitation.emailAddress === client.emailAddress.trim();
	return isOwn ? client : addressee(client, last.toName, last.toAddress);
}

/** A signed link says until when it is open: the one that goes with a reminder is open for as long as that says. */
async function linkAnew(
	vault: Vault,
	invitationId: string,
	letter: PortalLetter,
	now: number,
): Promise<string | undefined> {
	if (!letter.door?.isOn) return undefined;
	const state = await vault.load(...needs);
	const known = state.get('invitations', invitationId);
	const client = known && presentClient(state, known.clientId);
	const last = lastOf(carriersOf(state, invitationId));
	if (!known || !client || !last) return undefined;
	const door = await doorOf(vault, letter, now);
	return door?.linkOf({
		client: writtenTo(client, known, last),
		code: known.code,
		expiresAt: extendedExpiry(known, letter.invitation.expiryDays, now),
	});
}
