import type { ClientChange } from '$lib/domain/client-change.ts';
import type { Client } from '$lib/domain/client.ts';
import { idsOf } from '$lib/domain/former-ids.ts';
import type { Import } from '$lib/domain/import.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import type { Letter, Message, MessageState } from '$lib/domain/message.ts';
import { carriersOf } from '$lib/domain/portal-user.ts';
import { profileLabels } from './profile-words.ts';
import type { ProfileForm } from './profile-form.ts';

/** One thing that happened to a client, newest first in her history. */
export interface HistoryEntry {
	id: string;
	at: number;
	words: string;
	/** What was sent, or will be, to the letter. */
	sent?: { message: Message; letter: Letter };
}

export interface HistorySources {
	changes: readonly ClientChange[];
	imports: readonly Import[];
	invitations: readonly Invitation[];
	messages: readonly Message[];
	letters: readonly Letter[];
}

const stateWords: Record<MessageState, string> = {
	queued: 'waits in the outbox',
	sending: 'is being sent',
	sent: 'was sent',
	failed: 'was refused',
	unconfirmed: 'may have arrived',
	held: 'is held',
	cancelled: 'was cancelled',
};

/** Imports, edits, invitations and messages of a client and of the profiles merged into hers, newest first. */
export function historyOf(client: Client, sources: HistorySources): HistoryEntry[] {
	const ids = new Set(idsOf(client));
	const entries: HistoryEntry[] = [];
	for (const one of sources.imports)
		if (one.id === client.importId)
			entries.push({ id: one.id, at: one.importedAt, words: 'Came with an import' });
	for (const change of sources.changes)
		if (change.clientIds.some((id) => ids.has(id)))
			entries.push({ id: change.id, at: change.at, words: changeInWords(change, ids) });
	const letters = new Map(sources.letters.map((letter) => [letter.id, letter]));
	const own = sources.invitations.filter(({ clientId }) => ids.has(clientId));
	const carriers = carriersOf(own, sources.messages);
	const told = new Set<string>();
	for (const invitation of own) {
		const messages = carriers.get(invitation.id) ?? [];
		if (messages.length === 0)
			entries.push({
				id: invitation.id,
				at: invitation.invitedAt,
				words: 'An invitation was made',
			});
		for (const message of messages) {
			// One message carries the invitations of both profiles that became one.
			if (told.has(message.id)) continue;
			told.add(message.id);
			const letter = letters.get(message.letterId);
			const what = message.id === invitation.messageId ? 'An invitation' : 'The invitation, again,';
			entries.push({
				id: message.id,
				at: message.settledAt || message.queuedAt,
				words: `${what} ${stateWords[message.state]}`,
				...(letter ? { sent: { message, letter } } : {}),
			});
		}
	}
	return entries.sort((a, b) => b.at - a.at);
}

/** `ids`: under which the client is known whose history it is. */
function changeInWords(
	{ what, fields, clientIds }: ClientChange,
	ids: ReadonlySet<string>,
): string {
	// Of a conversion the last is the one whose contact it is about.
	const isOwner = ids.has(clientIds.at(-1) ?? '');
	switch (what) {
		case 'added':
			return 'Added by hand';
		case 'edited':
			return `Edited: ${fieldsInWords(fields)}`;
		case 'bulk-edited':
			return `${editedWith(clientIds.length - 1)}${fields.length > 0 ? `: ${fieldsInWords(fields)}` : ''}`;
		case 'converted':
			return isOwner
				? 'Given a contact that had been a client'
				: 'Turned into a contact of another client';
		case 'converted-back':
			return isOwner ? 'A contact became a client again' : 'Became a client again';
		case 'merged':
			return 'Merged with another profile of the same person';
		case 'parted':
			return 'Parted from a profile it had been merged with';
		case 'contact-saved':
			return 'A contact was saved';
		case 'contact-removed':
			return 'A contact was removed';
		case 'marked-joined':
			return 'A portal user was marked as joined';
		case 'marked-bounced':
			return 'A portal user was marked as bounced';
		case 'revoked':
			return 'Access to the portal was revoked';
		case 'unmarked':
			return 'A portal user’s mark was taken back';
		case 'answered':
			return 'An answer to the invitation was applied';
		case 'taken-back':
			return 'A change was undone';
	}
}

function editedWith(others: number): string {
	if (others === 0) return 'Edited in the list';
	return `Edited with ${others.toLocaleString('en')} ${others === 1 ? 'other' : 'others'}`;
}

function fieldsInWords(fields: readonly string[]): string {
	return fields.map((field) => profileLabels[field as keyof ProfileForm] ?? field).join(', ');
}
