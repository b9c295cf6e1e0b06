import { untried } from '../../src/lib/domain/fresh-message.ts';
import type { Client } from '../../src/lib/domain/client.ts';
import type { Invitation } from '../../src/lib/domain/invitation.ts';
import type { Message } from '../../src/lib/domain/message.ts';
import { aClient } from './clients.ts';

/** A fictional client who is ready to be invited, but for what a test says of her. */
export function someClient(id: string, about: Partial<Client> = {}): Client {
	return aClient({ id, lastName: `Okafor ${id}`, dateOfBirth: '1984-03-09', ...about });
}

/** An invitation of a client with the message `m-<id>` that carries it. */
export function someInvitation(id: string, about: Partial<Invitation> = {}): Invitation {
	return {
		id,
		clientId: 'maya',
		emailAddress: 'maya@example.com',
		round: 1,
		code: `code-${id}`,
		messageId: `m-${id}`,
		invitedAt: 1000,
		expiresAt: 2000,
		...about,
	};
}

/** The message `m-<invitationId>`, queued unless a test says otherwise. */
export function someMessage(invitationId: string, about: Partial<Message> = {}): Message {
	return {
		id: `m-${invitationId}`,
		invitationId,
		clientId: 'maya',
		letterId: 'letter',
		toName: 'Maya Okafor',
		toAddress: 'maya@example.com',
		round: 1,
		fields: [],
		queuedAt: 1000,
		dueAt: 1000,
		scheduledFor: 0,
		despite: [],
		...untried,
		history: [],
		...about,
	};
}
