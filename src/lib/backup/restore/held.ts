import { holdBack } from '$lib/domain/delivery.ts';
import type { Message } from '$lib/domain/message.ts';

/** Nothing leaves after a restore: a message that is not settled waits for a person. The same message where it does already. */
export function heldMessage(message: Message, now: number): Message {
	const { state, heldFor } = message;
	const isOpen = state === 'queued' || state === 'sending' || state === 'held';
	return isOpen && heldFor !== 'restored' ? holdBack(message, 'restored', now) : message;
}

/** The message of a backup in place of the one that is here: that it may have left is never forgotten. */
export function heldInPlaceOf(here: Message, there: Message, now: number): Message {
	const held = heldMessage(there, now);
	const maybeSentAt = [held.maybeSentAt, here.maybeSentAt].filter((at) => at > 0);
	return { ...held, maybeSentAt: maybeSentAt.length > 0 ? Math.min(...maybeSentAt) : 0 };
}
