import { type Client, fullName, greetingName, isMinor } from '$lib/domain/client.ts';
import { normaliseEmailAddress } from '$lib/domain/email-address.ts';
import { frozenLetters } from '$lib/domain/frozen-letters.ts';
import { fieldValues } from '$lib/domain/merge-fields.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import type { Message } from '$lib/domain/message.ts';
import { nextRounds } from '$lib/domain/next-round.ts';
import { addressee, carriersOf } from '$lib/domain/portal-user.ts';
import { professionalFinder } from '$lib/domain/professional.ts';
import { extendedExpiry, mayGo, resendVerdict, resent } from '$lib/domain/resend.ts';
import { presentClient } from '$lib/vault/present-client.ts';
import type { Snapshot, Vault } from '$lib/vault/types.ts';
import { doorOf } from '../door/user-links.ts';
import {
	type InviteOutcome,
	needs as queueNeeds,
	type PortalLetter,
	type PortalPorts,
} from './queue-users.ts';

const needs = [...queueNeeds, 'contacts'] as const;

/**
 * 'Resend': the same invitation and link in a new message of its own, also where it came with the one mail
 * of a household. Within five minutes of another to that inbox never; a second time in a day only with a
 * `reason`. Throws VaultProblem.
 */
export async function resendInvitation(
	vault: Vault,
	invitationId: string,
	letterNow: PortalLetter,
	reason: string,
	{ now, newId }: PortalPorts,
): Promise<InviteOutcome> {
	const { practice, invitation: settings } = letterNow;
	const reminder = letterNow.reminder ?? letterNow.template;
	const { undoWindowMs, expiryDays } = settings;
	let outcome: InviteOutcome = { kind: 'declined', why: 'gone' };
	const link = await linkAnew(vault, invitationId, letterNow, now);
	await vault.commit(
		(state) => {
			const sent = sentBefore(state, invitationId, now);
			if (!sent) return undefined;
			const { invitation: known, client, last, person } = sent;
			if (client.isDoNotEmail || client.isDeceased) {
				outcome = { kind: 'declined', why: 'do-not-email' };
				return undefined;
			}
			const verdict = resendVerdict(known, state.rows('messages'), now);
			if (!mayGo(verdict, reason)) {
				outcome = { kind: 'declined', why: verdict.kind === 'waiting' ? 'waiting' : 'too-soon' };
				return undefined;
			}
			const professionals = state.rows('professionals');
			const letter = frozenLetters(reminder, practice, professionals, { newId, now }).for(client);
			const fields = fieldValues(letter.fieldNames, {
				client: person,
				practice,
				invitation: known,
				link,
				professionalOf: professionalFinder(professionals),
				language: letter.language,
			});
			const { invitation, message } = resent(known, last, {
				id: newId(),
				letterId: letter.id,
				toName: nameOf(person),
				round: nextRoundOf(state, known),
				fields,
				expiryDays,
				undoWindowMs,
				reason,
				now,
			});
			outcome = { kind: 'queued', dueAt: message.dueAt, messageIds: [message.id] };
			return { put: { letters: [letter], invitations: [invitation], messages: [message] } };
		},
		{ what: 'invitation sent again', count: 1 },
		{ needs, isStrict: true },
	);
	return outcome;
}

/** An invitation that went out, with the newest mail that carried it and whom the next one is written to. */
interface SentBefore {
	invitation: Invitation;
	client: Client;
	last: Message;
	/** The client's data with the name and address of the addressee. */
	person: Client;
}

function sentBefore(state: Snapshot, invitationId: string, now: number): SentBefore | undefined {
	const invitation = state.get('invitations', invitationId);
	const client = invitation && presentClient(state, invitation.clientId);
	if (!invitation || !client) return undefined;
	const carriers = carriersOf([invitation], state.rows('messages')).get(invitationId) ?? [];
	// Rounds are each client's own: the one mail of a household has that of another member.
	const [last] = carriers.toSorted((a, b) => b.queuedAt - a.queuedAt);
	return (
		last && { invitation, client, last, person: writtenTo(state, client, invitation, last, now) }
	);
}

/**
 * A guardian by the card of this very client, and herself whoever has the inbox; but a child whose letter
 * went to the one whom a household's mail addressed is still written to through that one.
 */
function writtenTo(
	state: Snapshot,
	client: Client,
	{ contactId, emailAddress }: Invitation,
	{ toName, toAddress }: Message,
	now: number,
): Client {
	if (contactId !== undefined) {
		const card = state.get('contacts', contactId);
		const name = card?.relationship === 'guardian' ? card.name.trim() : '';
		return addressee(client, name || toName, toAddress);
	}
	const isAtOwnInbox =
		normaliseEmailAddress(emailAddress) === normaliseEmailAddress(client.emailAddress);
	const isHerself = isAtOwnInbox && (toName === nameOf(client) || !isMinor(client, now));
	return isHerself ? client : addressee(client, toName, toAddress);
}

const nameOf = (client: Client) => fullName(client) || greetingName(client);

function nextRoundOf(state: Snapshot, { clientId, emailAddress }: Invitation): number {
	const rounds = nextRounds([{ clientId }], state.rows('invitations'), state.rows('messages'));
	return rounds(clientId, normaliseEmailAddress(emailAddress));
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
	const sent = sentBefore(state, invitationId, now);
	if (!sent) return undefined;
	const door = await doorOf(vault, letter, now);
	return door?.linkOf({
		client: sent.person,
		code: sent.invitation.code,
		expiresAt: extendedExpiry(sent.invitation, letter.invitation.expiryDays, now),
	});
}
