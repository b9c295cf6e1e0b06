import { freezeLetter } from '$lib/domain/compose.ts';
import { fieldValues } from '$lib/domain/merge-fields.ts';
import { resendVerdict, resent } from '$lib/domain/resend.ts';
import type { Vault } from '$lib/vault/types.ts';
import {
	addressee,
	type InviteOutcome,
	needs,
	type PortalLetter,
	type PortalPorts,
} from './portal-users.ts';

/**
 * 'Resend': the same invitation and link in a new message. Within five minutes never; a second time in a
 * day only with a `reason`. Throws VaultProblem.
 */
export async function resendInvitation(
	vault: Vault,
	invitationId: string,
	{ template, practice, invitation: { undoWindowMs, expiryDays } }: PortalLetter,
	reason: string,
	{ now, newId }: PortalPorts,
): Promise<InviteOutcome> {
	let outcome: InviteOutcome = { kind: 'declined', why: 'gone' };
	await vault.commit(
		(state) => {
			const known = state.get('invitations', invitationId);
			const client = known && state.get('clients', known.clientId);
			const carriers = state
				.rows('messages')
				.filter((message) => message.invitationId === invitationId);
			const last = carriers.reduce<(typeof carriers)[number] | undefined>(
				(newest, one) => (!newest || one.round > newest.round ? one : newest),
				undefined,
			);
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
			const letter = freezeLetter(template, practice, newId(), now);
			const isOwn = known.emailAddress === client.emailAddress.trim();
			const fields = fieldValues(letter.fieldNames, {
				client: isOwn ? client : addressee(client, last.toName, last.toAddress),
				practice,
				invitation: known,
			});
			const options = { id: newId(), letterId: letter.id, fields, expiryDays, undoWindowMs };
			const { invitation, message } = resent(known, last, { ...options, reason, now });
			outcome = { kind: 'queued', dueAt: message.dueAt };
			return { put: { letters: [letter], invitations: [invitation], messages: [message] } };
		},
		{ what: 'invitation sent again', count: 1 },
		{ needs, isStrict: true },
	);
	return outcome;
}
