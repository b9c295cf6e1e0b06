import type { Client } from '$lib/domain/client.ts';
import { dateInWords } from '$lib/domain/date-in-words.ts';
import { idsOf } from '$lib/domain/former-ids.ts';
import { invitationStandings, type Standing } from '$lib/domain/invitation-standing.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import type { Message } from '$lib/domain/message.ts';

export interface MergeSources {
	contacts: readonly { clientId: string }[];
	portalUsers: readonly { id: string; clientId: string }[];
	invitations: readonly Invitation[];
	messages: readonly Message[];
}

/** What a merge does beside the fields, a sentence each. `merged`: the profile as it will be. */
export function whatHappens(
	kept: Client,
	other: Client,
	merged: Client,
	{ contacts, portalUsers, invitations, messages }: MergeSources,
): string[] {
	const ids = new Set([...idsOf(kept), ...idsOf(other)]);
	const theirs = invitations.filter(({ clientId }) => ids.has(clientId));
	const present = new Map([...ids].map((id) => [id, kept.id]));
	const { byClient } = invitationStandings(theirs, messages, present);
	const waiting = messages.filter(
		({ id, clientId, state }) =>
			(state === 'queued' || state === 'held') &&
			(ids.has(clientId) || theirs.some(({ messageId }) => messageId === id)),
	).length;
	const isBarred = merged.isDoNotEmail || merged.isDeceased;
	return [
		invitedInWords(byClient.get(kept.id), merged),
		waiting > 1 && !isBarred
			? `${waiting} invitations wait in the Outbox and all of them will leave. If one is enough, cancel the others there.`
			: '',
		isBarred && waiting > 0 ? 'What waits in the Outbox for this person will be held.' : '',
		kept.isDoNotEmail !== other.isDoNotEmail
			? 'One profile asks not to be emailed. The merged profile does, too.'
			: '',
		belongings(
			contacts.filter(({ clientId }) => clientId === other.id).length,
			portalUsers.filter(({ id, clientId }) => clientId === other.id && id !== other.id).length,
		),
		'The history of both is kept, and the profiles can be unmerged later from the client’s page.',
	].filter(Boolean);
}

function invitedInWords(standing: Standing | undefined, merged: Client): string {
	if (merged.hasJoinedPortal)
		return 'This person has joined the portal, so the merged profile will not be invited.';
	switch (standing?.kind) {
		case 'invited':
			return `An invitation was sent on ${dateInWords(standing.at)}, so the merged profile counts as invited.`;
		case 'waiting':
			return 'An invitation waits in the Outbox or is on its way, so the merged profile counts as invited.';
		case 'maybe':
			return 'An invitation may have arrived before it was cancelled. The report will say so.';
		case 'refused':
			return 'An invitation was refused by the mail system. The report will say so if the address is the same.';
		case undefined:
			return 'Neither profile was ever invited.';
	}
}

function belongings(contacts: number, portalUsers: number): string {
	const parts = [
		contacts > 0 ? (contacts === 1 ? '1 contact' : `${contacts} contacts`) : '',
		portalUsers > 0 ? (portalUsers === 1 ? '1 portal user' : `${portalUsers} portal users`) : '',
	].filter(Boolean);
	if (parts.length === 0) return '';
	const isOne = contacts + portalUsers === 1;
	return `${parts.join(' and ')} of the second profile ${isOne ? 'comes' : 'come'} along.`;
}
