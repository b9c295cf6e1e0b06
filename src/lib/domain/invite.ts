import { fullName, greetingName } from './client.ts';
import { normaliseEmailAddress } from './email-address.ts';
import type { Standings } from './invitation-standing.ts';
import type { Invitation } from './invitation.ts';
import { fieldValues } from './merge-fields.ts';
import type { Letter, Message, MessageEvent } from './message.ts';
import type { ReportRow } from './report.ts';
import type { PracticeSettings } from './settings.ts';

const dayMs = 24 * 60 * 60 * 1000;

export interface InviteOptions {
	/** Frozen already; the caller puts it in the same commit. */
	letter: Letter;
	practice: PracticeSettings;
	/** Epoch milliseconds. */
	now: number;
	undoWindowMs: number;
	expiryDays: number;
	newId: () => string;
	/** Unguessable, at least 128 bits: it opens the portal's door. */
	newCode: () => string;
	/** As they are in the state that the commit is made against: who is invited by then is not invited again. */
	standings: Standings;
	/** All former ones: a new invitation of the same client and inbox is one round later. */
	invitations: readonly Invitation[];
}

export interface InvitedBatch {
	invitations: Invitation[];
	messages: Message[];
	/** Rows that another tab was faster to invite, or that have no inbox: nothing was queued for them. */
	skipped: ReportRow[];
}

/**
 * The rows of one batch, for one commit: an invitation a client, one message an inbox. Clients who
 * share an inbox share the message and the code of the first of them.
 */
export function invite(rows: readonly ReportRow[], options: InviteOptions): InvitedBatch {
	const { letter, practice, now, newId, newCode, standings } = options;
	const roundOf = nextRounds(rows, options.invitations);
	const history: MessageEvent[] = [{ at: now, event: 'queued', detail: '' }];
	// One history for the whole batch, 10,000 times the same: rows are never mutated.
	Object.freeze(history);
	const dueAt = now + options.undoWindowMs;
	const expiresAt = now + options.expiryDays * dayMs;
	const invitations: Invitation[] = [];
	const messages: Message[] = [];
	const skipped: ReportRow[] = [];
	const firstAt = new Map<string, Invitation>();
	const invited = new Set<string>();

	for (const row of rows) {
		const { client, inbox } = row;
		const standing = standings.byClient.get(client.id)?.kind;
		const isTaken = standing === 'waiting' || standing === 'invited' || invited.has(client.id);
		if (inbox === '' || isTaken) {
			skipped.push(row);
			continue;
		}
		invited.add(client.id);
		const first = firstAt.get(inbox);
		const invitation: Invitation = {
			id: newId(),
			clientId: client.id,
			emailAddress: first?.emailAddress ?? client.emailAddress.trim(),
			round: roundOf(client.id, inbox),
			code: first?.code ?? newCode(),
			messageId: first?.messageId ?? newId(),
			invitedAt: now,
			expiresAt,
		};
		invitations.push(invitation);
		if (first) continue;
		firstAt.set(inbox, invitation);
		messages.push({
			id: invitation.messageId,
			invitationId: invitation.id,
			clientId: client.id,
			letterId: letter.id,
			toName: fullName(client) || greetingName(client),
			toAddress: invitation.emailAddress,
			round: invitation.round,
			fields: fieldValues(letter.fieldNames, { client, practice, invitation }),
			state: 'queued',
			heldFor: '',
			queuedAt: now,
			dueAt,
			attempts: 0,
			fence: '',
			claimedAt: 0,
			maybeSentAt: 0,
			settledAt: 0,
			reason: '',
			history,
		});
	}
	return { invitations, messages, skipped };
}

/** 1 for the first invitation of a client at an inbox, else one more than the highest so far. */
function nextRounds(
	rows: readonly ReportRow[],
	invitations: readonly Invitation[],
): (clientId: string, inbox: string) => number {
	const former = new Map<string, number>();
	if (invitations.length > 0) {
		const clientIds = new Set(rows.map((row) => row.client.id));
		for (const { clientId, emailAddress, round } of invitations) {
			if (!clientIds.has(clientId)) continue;
			const key = roundKey(clientId, normaliseEmailAddress(emailAddress));
			former.set(key, Math.max(former.get(key) ?? 0, round));
		}
	}
	return (clientId, inbox) =>
		former.size === 0 ? 1 : (former.get(roundKey(clientId, inbox)) ?? 0) + 1;
}

function roundKey(clientId: string, inbox: string): string {
	return `${clientId} ${inbox}`;
}
