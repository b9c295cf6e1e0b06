import type { Client } from './client.ts';
import type { HeldReason, Message } from './message.ts';
import type { ReasonKind } from './report-reasons.ts';

/**
 * What stands by now against emailing the clients of a queued message: what the report would leave
 * them out for, looked at again as the message is about to leave. '' when nothing does. `clients`:
 * everybody whose invitation the message carries, undefined for one who is gone.
 */
export function standsAgainst(
	{ despite }: Pick<Message, 'despite'>,
	clients: readonly (Client | undefined)[],
): HeldReason | '' {
	for (const client of clients) {
		const reason = reasonAgainst(client);
		if (reason !== '' && !despite.includes(reason as ReasonKind)) return reason;
	}
	return '';
}

function reasonAgainst(client: Client | undefined): HeldReason | '' {
	if (!client) return 'client-gone';
	if (client.isDeceased) return 'deceased';
	if (client.isDoNotEmail) return 'do-not-email';
	if (client.hasJoinedPortal) return 'joined';
	if (client.hasBounced) return 'bounced';
	if (client.portalRevokedAt !== undefined) return 'revoked';
	return client.status === 'inactive' || client.status === 'archived' ? 'inactive' : '';
}

/** Whether 'Send' may override it, as in the report; else what stands against the client must be mended first. */
export function canBeReleased(heldFor: HeldReason): boolean {
	switch (heldFor) {
		case 'paused':
		case 'restored':
		case 'too-old':
		case 'inactive':
		case 'inbox-do-not-email':
			return true;
		case 'client-gone':
		case 'deceased':
		case 'do-not-email':
		case 'joined':
		case 'bounced':
		case 'revoked':
		case 'guardian-changed':
			return false;
	}
}
