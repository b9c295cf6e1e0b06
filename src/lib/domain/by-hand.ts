// What a person may do with a message; undefined where its state does not allow it.
import type { Message } from './message.ts';
import { unconfirmed, withEvent } from './message-event.ts';

/**
 * Calls a message back. One that may have left can't be called back: it stays unconfirmed. One that
 * was refused is put away.
 */
export function cancel(message: Message, now: number): Message | undefined {
	const { state } = message;
	if (state === 'sending' || state === 'sent' || state === 'cancelled') return undefined;
	if (message.maybeSentAt > 0 && (state === 'queued' || state === 'held')) {
		const reason = 'Cancelled, but an earlier attempt may have arrived.';
		return withEvent(message, 'cancelled', now, reason, {
			...unconfirmed(message, reason, now),
			heldFor: '',
		});
	}
	return withEvent(message, 'cancelled', now, '', {
		state: 'cancelled',
		heldFor: '',
		settledAt: now,
		reason: reasonOfCancelled(message),
	});
}

function reasonOfCancelled({ state, reason }: Message): string {
	if (state === 'unconfirmed') return 'Cancelled. It may have arrived all the same.';
	return state === 'failed' ? `The relay had refused it: ${reason}` : '';
}

/** 'It arrived': the person knows. */
export function confirmArrived(message: Message, now: number): Message | undefined {
	if (message.state !== 'unconfirmed') return undefined;
	return withEvent(message, 'confirmed', now, 'Marked as arrived by hand.', {
		state: 'sent',
		settledAt: now,
		reason: '',
	});
}

/**
 * 'Send again', a person's own decision: a new round and so a new key, because the relay would
 * answer the old one with its old answer.
 */
export function sendAgain(message: Message, now: number): Message | undefined {
	if (message.state !== 'failed' && message.state !== 'unconfirmed') return undefined;
	return withEvent(message, 'retried', now, '', {
		state: 'queued',
		round: message.round + 1,
		attempts: 0,
		maybeSentAt: 0,
		queuedAt: now,
		dueAt: now,
		settledAt: 0,
		reason: '',
	});
}

/** Lets a held message go on its way. */
export function release(message: Message, now: number): Message | undefined {
	if (message.state !== 'held') return undefined;
	return withEvent(message, 'released', now, '', {
		state: 'queued',
		heldFor: '',
		queuedAt: now,
		dueAt: now,
	});
}

/** Does not wait for the backoff of this one message; a limit of the whole relay still holds. */
export function tryNow(message: Message, now: number): Message | undefined {
	if (message.state !== 'queued') return undefined;
	return { ...message, dueAt: Math.min(message.dueAt, now) };
}
