import { untried } from '../../src/lib/domain/fresh-message.ts';
import type { Client } from '$lib/domain/client.ts';
import type { Letter, Message } from '$lib/domain/message.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import { aClient } from './clients.ts';

export const aLetter: Letter = {
	id: 'letter',
	format: 1,
	subject: 'Your invitation',
	body: 'Dear {client first name}, here is your link: {invitation link}',
	fromName: 'Dana Reyes, Harbor Practice',
	replyTo: 'dana@example.com',
	fieldNames: ['client first name', 'invitation link'],
	createdAt: 0,
};

/** A fictional message, just queued. */
export function aMessage(fields: Partial<Message> & { id: string }): Message {
	return {
		invitationId: `i-${fields.id}`,
		clientId: `c-${fields.id}`,
		letterId: aLetter.id,
		toName: 'Maya Okafor',
		toAddress: `${fields.id}@example.com`,
		round: 1,
		fields: ['Maya', `https://portal.example/?invitation=${fields.id}`],
		queuedAt: 0,
		dueAt: 0,
		scheduledFor: 0,
		despite: [],
		...untried,
		history: [],
		...fields,
	};
}

/** The client whom a message is for. */
export function aClientFor({ clientId, toAddress }: Message): Client {
	return aClient({ id: clientId, firstName: 'Maya', emailAddress: toAddress });
}

export function anInvitationFor(message: Message): Invitation {
	return {
		id: message.invitationId,
		clientId: message.clientId,
		emailAddress: message.toAddress,
		round: message.round,
		code: `code-${message.id}`,
		messageId: message.id,
		invitedAt: message.queuedAt,
		expiresAt: message.queuedAt + 30 * 86_400_000,
	};
}
