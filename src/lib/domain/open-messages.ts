import type { Invitation } from './invitation.ts';
import type { Message } from './message.ts';
import type { Table } from './table.ts';

/** A message that has not left, with all whose invitation it carries. */
export interface OpenMessage {
	id: string;
	clientIds: ReadonlySet<string>;
}

/**
 * The messages that have not left and carry an invitation of one of these clients. Clients who share
 * an inbox share a message. Reads columns, makes no row.
 */
export function openMessagesOf(
	clientIds: ReadonlySet<string>,
	messages: Table<Message>,
	invitations: Table<Invitation>,
): OpenMessage[] {
	const open = new Map<string, Set<string>>();
	/** By an invitation that a reminder repeats beside its own. */
	const alsoFor = new Map<string, string[]>();
	for (const part of messages.parts) {
		const ids = part.column('id');
		const states = part.column('state');
		const owners = part.column('clientId');
		const others = part.column('alsoFor');
		for (let index = 0; index < part.length; index++) {
			const state = states.at(index);
			if (state !== 'queued' && state !== 'held') continue;
			open.set(ids.at(index), new Set([owners.at(index)]));
			for (const invitationId of others.at(index) ?? [])
				alsoFor.set(invitationId, [...(alsoFor.get(invitationId) ?? []), ids.at(index)]);
		}
	}
	if (open.size > 0)
		for (const part of invitations.parts) {
			const messageIds = part.column('messageId');
			const owners = part.column('clientId');
			for (let index = 0; index < part.length; index++) {
				open.get(messageIds.at(index))?.add(owners.at(index));
				if (alsoFor.size === 0) continue;
				for (const id of alsoFor.get(part.column('id').at(index)) ?? [])
					open.get(id)?.add(owners.at(index));
			}
		}
	const theirs: OpenMessage[] = [];
	for (const [id, owners] of open)
		if ([...owners].some((clientId) => clientIds.has(clientId)))
			theirs.push({ id, clientIds: owners });
	return theirs;
}
