import type { Client } from '$lib/domain/client.ts';
import { dateInWords } from '$lib/domain/date-in-words.ts';
import { freshMessage } from '$lib/domain/fresh-message.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import type { Message } from '$lib/domain/message.ts';
import { withEvent } from '$lib/domain/message-event.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import { presentClient } from '$lib/vault/present-client.ts';
import type { Changes, Snapshot } from '$lib/vault/types.ts';
import type { Correction, CorrectionPorts } from './correct-address.ts';
import { carriedBy } from './refused-message.ts';
import { nextRound } from './report-near.ts';

const dayMs = 86_400_000;

/** The message in place of a refused one, with an invitation for each client, and the refused one put away. */
export function sentAnew(
	state: Snapshot,
	refused: Message,
	clients: readonly Client[],
	{ address, despite }: Correction,
	{ now: clock, newId }: CorrectionPorts,
): { changes: Changes; messageId: string } {
	const now = clock();
	const { undoWindowMs, expiryDays } = settingsFrom(state.rows('settings'), 'invitation');
	const messageId = newId();
	const old = carriedBy(state, refused);
	const own = old.find(({ clientId }) => clientId === refused.clientId) ?? old[0];
	// The link stays the one that was confirmed, and open at least as long.
	const expiresAt = Math.max(own?.expiresAt ?? 0, now + expiryDays * dayMs);
	const contactIds = new Map(
		old.map(({ clientId, contactId }) => [presentClient(state, clientId)?.id, contactId]),
	);
	const invitations = clients.map((client): Invitation => ({
		id: newId(),
		clientId: client.id,
		emailAddress: address.trim(),
		round: nextRound(state, client.id, address),
		code: own?.code ?? newId(),
		messageId,
		invitedAt: now,
		expiresAt,
		...withContact(contactIds.get(client.id)),
	}));
	const first = invitations[0];
	const letter = state.get('letters', refused.letterId);
	const fields = refused.fields.map((value, at) =>
		letter?.fieldNames[at] === 'expiry date' ? dateInWords(expiresAt) : value,
	);
	const { alsoFor: _others, extended: _ends, ...before } = refused;
	const message = freshMessage({
		...before,
		id: messageId,
		invitationId: first?.id ?? refused.invitationId,
		// The round is hers: under the id of a profile that was merged into hers it may be a used key.
		clientId: first?.clientId ?? refused.clientId,
		toAddress: address.trim(),
		round: first?.round ?? refused.round + 1,
		fields,
		queuedAt: now,
		dueAt: now + undoWindowMs,
		scheduledFor: 0,
		despite: [...new Set([...refused.despite, ...despite])],
		history: [{ at: now, event: 'queued', detail: 'The address was corrected.' }],
	});
	const reason = refused.reason && `The relay had refused it: ${refused.reason}`;
	const putAway = withEvent(refused, 'address-corrected', now, 'It was queued anew.', {
		state: 'cancelled',
		heldFor: '',
		settledAt: now,
		reason,
	});
	return { changes: { put: { clients, invitations, messages: [putAway, message] } }, messageId };
}

const withContact = (contactId: string | undefined) =>
	contactId === undefined ? {} : { contactId };
