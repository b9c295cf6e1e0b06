import { fullName, greetingName } from './client.ts';
import type { Standings } from './invitation-standing.ts';
import type { Invitation } from './invitation.ts';
import { fieldValues } from './merge-fields.ts';
import type { Letter, Message, MessageEvent } from './message.ts';
import { nextRounds } from './next-round.ts';
import type { ReasonKind } from './report-reasons.ts';
import type { ReportRow } from './report.ts';
import { plannedTimes, type PlannedDay } from './send-plan.ts';
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
	formerMessages: readonly Message[];
	/** When they leave, where not as soon as the undo window ends: at a set time, or over several days. */
	plan?: readonly PlannedDay[];
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
	const clientIds = new Set(rows.map((row) => row.clientId));
	const roundOf = nextRounds(clientIds, options.invitations, options.formerMessages);
	const history: MessageEvent[] = [{ at: now, event: 'queued', detail: '' }];
	// One history for the whole batch, 10,000 times the same: rows are never mutated.
	Object.freeze(history);
	const undoneUntil = now + options.undoWindowMs;
	const timeOf = plannedTimes(options.plan ?? [], now);
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
		const scheduledFor = first ? 0 : timeOf(messages.length);
		const expiresAt = (scheduledFor || now) + options.expiryDays * dayMs;
		const invitation: Invitation = {
			id: newId(),
			clientId: client.id,
			emailAddress: first?.emailAddress ?? client.emailAddress.trim(),
			round: roundOf(client.id, inbox),
			code: first?.code ?? newCode(),
			messageId: first?.messageId ?? newId(),
			invitedAt: now,
			expiresAt: first?.expiresAt ?? expiresAt,
		};
		invitations.push(invitation);
		if (first) {
			overrideToo(messages, first.messageId, row);
			continue;
		}
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
			dueAt: Math.max(undoneUntil, scheduledFor),
			scheduledFor,
			attempts: 0,
			fence: '',
			claimedAt: 0,
			maybeSentAt: 0,
			triedVia: '',
			asks: 0,
			mayRepeat: false,
			despite: overriddenIn(row),
			settledAt: 0,
			reason: '',
			history,
		});
	}
	return { invitations, messages, skipped };
}

const nothing: readonly ReasonKind[] = Object.freeze([]);
const inactive: readonly ReasonKind[] = Object.freeze(['inactive'] as const);

/** What the person overrode that is looked at again before the message leaves; two arrays for all rows. */
function overriddenIn({ reasons }: ReportRow): readonly ReasonKind[] {
	return reasons.some(({ kind }) => kind === 'inactive') ? inactive : nothing;
}

/** Who comes second to an inbox may have been chosen in spite of something, too. */
function overrideToo(messages: Message[], messageId: string, row: ReportRow): void {
	const despite = overriddenIn(row);
	if (despite === nothing) return;
	const at = messages.findIndex(({ id }) => id === messageId);
	const message = messages[at];
	if (message) messages[at] = { ...message, despite };
}
