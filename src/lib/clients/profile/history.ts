import type { ClientChange } from '$lib/domain/client-change.ts';
import type { Client } from '$lib/domain/client.ts';
import type { Import } from '$lib/domain/import.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import type { Letter, Message, MessageState } from '$lib/domain/message.ts';
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
	const ids = new Set([client.id, ...(client.formerIds ?? [])]);
	const entries: HistoryEntry[] = [];
	for (const one of sources.imports)
		if (one.id === client.importId)
			entries.push({ id: one.id, at: one.importedAt, words: 'Came with an import' });
	for (const change of sources.changes)
		if (change.clientIds.some((id) => ids.has(id)))
			entries.push({ id: change.id, at: change.at, words: changeInWords(change) });
	const letters = new Map(sources.letters.map((letter) => [letter.id, letter]));
	const messages = new Map(sources.messages.map((message) => [message.id, message]));
	for (const invitation of sources.invitations) {
		if (!ids.has(invitation.clientId)) continue;
		const message = messages.get(invitation.messageId);
		const letter = message && letters.get(message.letterId);
		entries.push({
			id: invitation.id,
			at: (message && message.settledAt) || invitation.invitedAt,
			words: message ? `An invitation ${stateWords[message.state]}` : 'An invitation was made',
			...(message && letter ? { sent: { message, letter } } : {}),
		});
	}
	return entries.sort((a, b) => b.at - a.at);
}

function changeInWords({ what, fields, clientIds }: ClientChange): string {
	switch (what) {
		case 'added':
			return 'Added by hand';
		case 'edited':
			return `Edited: ${fieldsInWords(fields)}`;
		case 'bulk-edited':
			return clientIds.length === 1
				? 'Edited in the list'
				: `Edited with ${(clientIds.length - 1).toLocaleString('en')} ${clientIds.length === 2 ? 'other' : 'others'}`;
		case 'converted':
			return 'Turned into a contact, or given a contact that had been a client';
		case 'converted-back':
			return 'A contact became a client again';
		case 'merged':
			return 'Merged with another profile of the same person';
		case 'parted':
			return 'Parted from a profile it had been merged with';
		case 'taken-back':
			return 'A change was undone';
	}
}

function fieldsInWords(fields: readonly string[]): string {
	return fields.map((field) => profileLabels[field as keyof ProfileForm] ?? field).join(', ');
}
