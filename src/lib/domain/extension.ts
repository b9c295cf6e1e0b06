import type { Invitation } from './invitation.ts';
import type { Message } from './message.ts';
import { extendedExpiry } from './resend.ts';

/** How a reminder moved the end of an invitation. Times in epoch milliseconds. */
export interface Extension {
	invitationId: string;
	from: number;
	to: number;
}

/** Invitations that are sent again: open for `expiryDays` from `from` on, never shorter than before. */
export function extend(
	invitations: readonly Invitation[],
	expiryDays: number,
	from: number,
): { invitations: Invitation[]; extended: Extension[] } {
	const anew = invitations.map((invitation) => ({
		...invitation,
		expiresAt: extendedExpiry(invitation, expiryDays, from),
	}));
	const extended = invitations.map(({ id, expiresAt }, at) => ({
		invitationId: id,
		from: expiresAt,
		to: anew[at]?.expiresAt ?? expiresAt,
	}));
	return { invitations: anew, extended };
}

/**
 * The invitations whose reminders are called back, with the end that the letters say that left, or may
 * have left. `messages`: all there are; those `cancelled` may be among them as they were before.
 */
export function endsPutBack(
	cancelled: readonly Message[],
	messages: readonly Message[],
	invitations: readonly Invitation[],
): Invitation[] {
	const called = new Map(cancelled.map((message) => [message.id, message]));
	const ids = new Set(
		cancelled.flatMap(({ extended = [] }) => extended.map(({ invitationId }) => invitationId)),
	);
	if (ids.size === 0) return [];
	const ends = new Map<string, { first: number; last: number }>();
	for (const message of messages) {
		const { state, maybeSentAt, extended = [] } = called.get(message.id) ?? message;
		const isGone = state === 'cancelled' && maybeSentAt === 0;
		for (const { invitationId, from, to } of extended) {
			if (!ids.has(invitationId)) continue;
			const { first, last } = ends.get(invitationId) ?? { first: Infinity, last: 0 };
			ends.set(invitationId, {
				first: Math.min(first, from),
				last: isGone ? last : Math.max(last, to),
			});
		}
	}
	return invitations.flatMap((invitation) => {
		const { first, last } = ends.get(invitation.id) ?? { first: Infinity, last: 0 };
		const expiresAt = Math.max(first, last);
		return expiresAt < invitation.expiresAt ? [{ ...invitation, expiresAt }] : [];
	});
}
