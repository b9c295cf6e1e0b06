// What a person may do with a message; undefined where its state does not allow it.
import type { HandOverWay, Message } from './message.ts';
import { unconfirmed, withEvent } from './message-event.ts';

/**
 * Calls a message back. One that may have left can't be called back: it stays unconfirmed. One that
 * was refused is put away.
 */
export function cancel(message: Message, now: number): Message | undefined {
	const { state } = message;
	if (state === 'sending' || state === 'sent' || state === 'cancelled') return undefined;
	// After a restore nobody knows of an attempt, only that there may have been one: no second question.
	const isTold = message.heldFor === 'restored';
	if (message.maybeSentAt > 0 && (state === 'queued' || (state === 'held' && !isTold))) {
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

function reasonOfCancelled({ state, reason, maybeSentAt }: Message): string {
	if (state === 'unconfirmed' || maybeSentAt > 0)
		return 'Cancelled. It may have arrived all the same.';
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
		triedVia: '',
		asks: 0,
		queuedAt: now,
		dueAt: now,
		scheduledFor: 0,
		settledAt: 0,
		reason: '',
	});
}

/** Takes one message out of the line until a person lets it go on (`release`). */
export function pause(message: Message, now: number): Message | undefined {
	if (message.state !== 'queued') return undefined;
	return withEvent(message, 'held', now, '', { state: 'held', heldFor: 'paused' });
}

/**
 * Lets a held message go on its way. One held after a restore may leave once although it may have
 * left before: that is what the person was asked. What stands against its client is looked at again.
 */
export function release(message: Message, now: number): Message | undefined {
	const { heldFor, despite } = message;
	if (message.state !== 'held' || heldFor === '') return undefined;
	const isHers = heldFor === 'inactive' || heldFor === 'inbox-do-not-email';
	const overridden = isHers && !despite.includes(heldFor) ? [heldFor] : [];
	return withEvent(message, 'released', now, '', {
		state: 'queued',
		heldFor: '',
		queuedAt: now,
		dueAt: Math.max(now, message.scheduledFor),
		asks: 0,
		mayRepeat: heldFor === 'restored',
		despite: overridden.length > 0 ? [...despite, ...overridden] : despite,
	});
}

/**
 * Does not wait for the backoff of this one message, nor for the time it was to leave; a limit of the
 * whole relay still holds.
 */
export function tryNow(message: Message, now: number): Message | undefined {
	if (message.state !== 'queued') return undefined;
	// Due since what happened last: were the clock put back, it would wait for this hour to come again.
	const since = Math.min(now, message.history.at(-1)?.at ?? now);
	return { ...message, dueAt: Math.min(message.dueAt, since), scheduledFor: 0 };
}

/** When it is to leave; a time that is past: as soon as may be. What may have left is not put off. */
export function schedule(message: Message, at: number, now: number): Message | undefined {
	if (message.state !== 'queued' || message.maybeSentAt > 0) return undefined;
	const scheduledFor = at > now ? at : 0;
	return withEvent(message, 'scheduled', now, '', {
		scheduledFor,
		dueAt: Math.max(now, scheduledFor),
	});
}

/**
 * The practitioner handed it over by herself: `how`, and `by` whom, by name. Nothing that is on its
 * way by machine, has arrived or was called back.
 */
export function handOver(
	message: Message,
	how: HandOverWay,
	by: string,
	now: number,
): Message | undefined {
	switch (message.state) {
		case 'sending':
		case 'sent':
		case 'cancelled':
			return undefined;
		case 'queued':
		case 'failed':
		case 'held':
		case 'unconfirmed':
			return withEvent(
				message,
				'handed-over',
				now,
				{ detail: '', relay: 'by-hand', way: how, by },
				{ state: 'sent', heldFor: '', settledAt: now, reason: '' },
			);
	}
}
