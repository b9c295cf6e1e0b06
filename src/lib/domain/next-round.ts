import { inboxOf } from './inbox.ts';
import type { Invitation } from './invitation.ts';
import type { Message } from './message.ts';

/**
 * The round of a new message by client and inbox: one more than any that there was, of an invitation or
 * of a message that was sent again. A round names the key under which a relay knows a message, so one that
 * was used before would be answered for another letter. Only `clients` are looked at.
 */
export function nextRounds(
	clients: readonly { clientId: string }[],
	invitations: readonly Invitation[],
	messages: readonly Message[],
): (clientId: string, inbox: string) => number {
	if (invitations.length + messages.length === 0) return () => 1;
	const clientIds = new Set(clients.map(({ clientId }) => clientId));
	const highest = new Map<string, number>();
	const note = (clientId: string, address: string, round: number) => {
		if (!clientIds.has(clientId)) return;
		const key = keyOf(clientId, inboxOf(address));
		highest.set(key, Math.max(highest.get(key) ?? 0, round));
	};
	for (const { clientId, emailAddress, round } of invitations) note(clientId, emailAddress, round);
	for (const { clientId, toAddress, round } of messages) note(clientId, toAddress, round);
	return (clientId, inbox) => (highest.get(keyOf(clientId, inboxOf(inbox))) ?? 0) + 1;
}

function keyOf(clientId: string, inbox: string): string {
	return `${clientId} ${inbox}`;
}
