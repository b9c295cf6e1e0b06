import type { Message } from './message.ts';

/** What a message says when it is made; the rest is of what becomes of it. */
export type FreshMessage = Pick<
	Message,
	| 'id'
	| 'invitationId'
	| 'alsoFor'
	| 'extended'
	| 'clientId'
	| 'letterId'
	| 'toName'
	| 'toAddress'
	| 'round'
	| 'fields'
	| 'queuedAt'
	| 'dueAt'
	| 'scheduledFor'
	| 'despite'
	| 'history'
>;

/** What a message says of itself before anything was tried. */
export const untried = {
	state: 'queued',
	heldFor: '',
	attempts: 0,
	fence: '',
	claimedAt: 0,
	maybeSentAt: 0,
	triedVia: '',
	asks: 0,
	mayRepeat: false,
	settledAt: 0,
	reason: '',
} as const satisfies Partial<Message>;

/** A message as it is queued. */
export function freshMessage(about: FreshMessage): Message {
	// Field by field: what else a former message holds stays behind.
	const message: Message = {
		id: about.id,
		invitationId: about.invitationId,
		clientId: about.clientId,
		letterId: about.letterId,
		toName: about.toName,
		toAddress: about.toAddress,
		round: about.round,
		fields: about.fields,
		queuedAt: about.queuedAt,
		dueAt: about.dueAt,
		scheduledFor: about.scheduledFor,
		despite: about.despite,
		history: about.history,
		...untried,
	};
	if (about.alsoFor) message.alsoFor = about.alsoFor;
	if (about.extended) message.extended = about.extended;
	return message;
}
