import type { Client } from '$lib/domain/client.ts';
import { dateInWords } from '$lib/domain/date-in-words.ts';
import { normaliseEmailAddress } from '$lib/domain/email-address.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import type { Message } from '$lib/domain/message.ts';
import { withEvent } from '$lib/domain/message-event.ts';
import type { ReasonKind } from '$lib/domain/report-reasons.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { Changes, Snapshot, Vault } from '$lib/vault/types.ts';
import { nearby, nextRound, reportNear, type Standing, standingOf } from './report-near.ts';

const dayMs = 86_400_000;

export interface Correction {
	messageId: string;
	address: string;
	/** Doubts that the person was shown and overrode. */
	despite: readonly ReasonKind[];
}

export type Corrected =
	| { kind: 'queued'; messageId: string }
	| Exclude<Standing, { kind: 'fit' }>
	/** It was not refused, or no longer is. */
	| { kind: 'moved-on' };

export interface CorrectionPorts {
	now: () => number;
	newId: () => string;
}

const browserPorts: CorrectionPorts = { now: Date.now, newId: () => crypto.randomUUID() };

/**
 * After a refusal: the client's address and a new message under a new key, in one commit; the refused
 * one is put away and keeps its history. Clients who share the message and still have the old address
 * move with it. Who is left out by the report is never queued. Throws VaultProblem.
 */
export async function correctAddress(
	vault: Vault,
	correction: Correction,
	ports: CorrectionPorts = browserPorts,
): Promise<Corrected> {
	let corrected: Corrected = { kind: 'moved-on' };
	await vault.commit(
		(state) => {
			corrected = { kind: 'moved-on' };
			const refused = state.get('messages', correction.messageId);
			if (!refused || !isCorrectable(refused)) return undefined;
			const clients = clientsOf(state, refused).map((client) => ({
				...client,
				emailAddress: correction.address.trim(),
				// A bounce spoke of the address of that time.
				hasBounced: false,
			}));
			if (clients.length === 0) return undefined;
			const putAway = new Set([refused.id]);
			const rows = reportNear(state, clients, putAway, ports.now());
			const standing = standingOf(rows, correction.despite);
			if (standing.kind !== 'fit') {
				corrected = standing;
				return undefined;
			}
			const { changes, messageId } = sentAnew(state, refused, clients, correction, ports);
			corrected = { kind: 'queued', messageId };
			return changes;
		},
		{ what: 'address corrected', count: 1 },
		{ needs: [...nearby, 'letters', 'settings'], isStrict: true },
	);
	return corrected;
}

/** Refused, or held because mail came back; nothing that may have arrived. */
export function isCorrectable({ state, heldFor, maybeSentAt }: Message): boolean {
	return maybeSentAt === 0 && (state === 'failed' || (state === 'held' && heldFor === 'bounced'));
}

/** Those whose invitation the message carries and who still have its address; its own client first. */
function clientsOf(state: Snapshot, message: Message): Client[] {
	const inbox = normaliseEmailAddress(message.toAddress);
	const carried = state.rows('invitations').filter(({ messageId }) => messageId === message.id);
	const others = carried
		.map(({ clientId }) => state.get('clients', clientId))
		.filter((client) => client && normaliseEmailAddress(client.emailAddress) === inbox);
	return [...new Set([state.get('clients', message.clientId), ...others])].filter(
		(client) => client !== undefined,
	);
}

function sentAnew(
	state: Snapshot,
	refused: Message,
	clients: readonly Client[],
	{ address, despite }: Correction,
	{ now: clock, newId }: CorrectionPorts,
): { changes: Changes; messageId: string } {
	const now = clock();
	const { undoWindowMs, expiryDays } = settingsFrom(state.rows('settings'), 'invitation');
	const messageId = newId();
	const old = state.rows('invitations').filter(({ messageId }) => messageId === refused.id);
	const own = old.find(({ clientId }) => clientId === refused.clientId) ?? old[0];
	// The link stays the one that was confirmed, and open at least as long.
	const expiresAt = Math.max(own?.expiresAt ?? 0, now + expiryDays * dayMs);
	const invitations = clients.map((client): Invitation => ({
		id: newId(),
		clientId: client.id,
		emailAddress: address.trim(),
		round: nextRound(state, client.id, address),
		code: own?.code ?? newId(),
		messageId,
		invitedAt: now,
		expiresAt,
	}));
	const first = invitations[0];
	const letter = state.get('letters', refused.letterId);
	const fields = refused.fields.map((value, at) =>
		letter?.fieldNames[at] === 'expiry date' ? dateInWords(expiresAt) : value,
	);
	const message: Message = {
		...refused,
		id: messageId,
		invitationId: first?.id ?? refused.invitationId,
		toAddress: address.trim(),
		round: first?.round ?? refused.round + 1,
		fields,
		state: 'queued',
		heldFor: '',
		queuedAt: now,
		dueAt: now + undoWindowMs,
		scheduledFor: 0,
		attempts: 0,
		claimedAt: 0,
		triedVia: '',
		asks: 0,
		mayRepeat: false,
		despite: [...new Set([...refused.despite, ...despite])],
		settledAt: 0,
		reason: '',
		history: [{ at: now, event: 'queued', detail: 'The address was corrected.' }],
	};
	const reason = refused.reason && `The relay had refused it: ${refused.reason}`;
	const putAway = withEvent(refused, 'address-corrected', now, 'It was queued anew.', {
		state: 'cancelled',
		heldFor: '',
		settledAt: now,
		reason,
	});
	return { changes: { put: { clients, invitations, messages: [putAway, message] } }, messageId };
}
