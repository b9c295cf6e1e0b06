import { fullName, greetingName, type Client } from './client.ts';
import { inboxOf } from './inbox.ts';
import { freshMessage } from './fresh-message.ts';
import { invitationHistories, type InvitationHistory } from './invitation-history.ts';
import { standingAnswer, type Invitation } from './invitation.ts';
import { extend } from './extension.ts';
import type { MadeLink } from './invite.ts';
import { overriddenIn } from './overridden.ts';
import { fieldValues } from './merge-fields.ts';
import type { Letter, Message } from './message.ts';
import { nextRounds } from './next-round.ts';
import type { ProfessionalOf } from './professional.ts';
import type { ReportRow } from './report.ts';
import { mayGo, verdictAt } from './resend.ts';
import { plannedTimes, type PlannedDay } from './send-plan.ts';
import type { PracticeSettings } from './settings/practice.ts';
import { leadOf, sharingRows, writtenTo } from './written-to.ts';

/** What a reminder of these rows goes by: everything as it is in the state that the commit is made against. */
export interface RemindOptions {
	letterOf: (client: Client) => Letter;
	professionalOf?: ProfessionalOf;
	practice: PracticeSettings;
	/** Epoch milliseconds. */
	now: number;
	undoWindowMs: number;
	expiryDays: number;
	newId: () => string;
	/** The link of a row's invitation where it was signed ahead, with the code that it holds. */
	madeLinkOf?: (row: ReportRow) => MadeLink | undefined;
	invitations: readonly Invitation[];
	messages: readonly Message[];
	/** By former id, of profiles that were merged. */
	presentIds: ReadonlyMap<string, string>;
	/** What the person saw: who was written to since is not reminded once more. */
	histories: ReadonlyMap<string, InvitationHistory>;
	/** Why those who were written to within the last day are written to again; '' where none are. */
	reason: string;
	plan?: readonly PlannedDay[];
}

export interface RemindedBatch {
	/** Of all whom a message reminds, their ends moved. */
	invitations: readonly Invitation[];
	messages: readonly Message[];
	/** Rows that were written to meanwhile, or that have no invitation: nothing was queued for them. */
	skipped: ReportRow[];
}

/**
 * The rows of one batch of reminders: one message an inbox, of the invitations that were sent there. Each
 * keeps its code, so that the old link stays valid, and the date of the first letter; its end is never
 * earlier than before.
 */
export function remind(rows: readonly ReportRow[], options: RemindOptions): RemindedBatch {
	const { practice, now, newId, professionalOf, expiryDays, invitations: known } = options;
	const invitationOf = newestInvitations(known, options.presentIds);
	const { free, skipped } = withoutWritten(rows, options);
	const owners = free.flatMap((row) => invitationOf(row) ?? []);
	const roundOf = nextRounds(owners, known, options.messages);
	const timeOf = plannedTimes(options.plan ?? [], now);
	const invitations: Invitation[] = [];
	const messages: Message[] = [];

	for (const sharing of sharingRows(free)) {
		const lead = leadOf(sharing);
		const own = invitationOf(lead);
		const made = options.madeLinkOf?.(lead);
		// A link with another code is of an invitation that was another's newest when it was signed.
		if (!own || (options.madeLinkOf && made?.code !== own.code)) {
			skipped.push(...sharing);
			continue;
		}
		const scheduledFor = timeOf(messages.length);
		const repeated = sharing.flatMap((row) => invitationOf(row) ?? []);
		const anew = extend(repeated, expiryDays, scheduledFor || now);
		const invitation = anew.invitations.find(({ id }) => id === own.id) ?? own;
		invitations.push(...anew.invitations);
		const client = writtenTo(lead);
		const text = options.letterOf(client);
		const others = repeated.filter(({ id }) => id !== own.id).map(({ id }) => id);
		const isOverridden = sharing.some(({ reasons }) => reasons.some(isWrittenToday));
		messages.push(
			freshMessage({
				id: newId(),
				invitationId: own.id,
				...(others.length > 0 && { alsoFor: others }),
				extended: anew.extended,
				clientId: own.clientId,
				letterId: text.id,
				toName: fullName(client) || greetingName(client),
				toAddress: client.emailAddress.trim(),
				round: roundOf(own.clientId, lead.inbox),
				fields: fieldValues(text.fieldNames, {
					client,
					practice,
					invitation,
					link: made?.link,
					professionalOf,
					language: text.language,
				}),
				queuedAt: now,
				dueAt: Math.max(now + options.undoWindowMs, scheduledFor),
				scheduledFor,
				despite: overriddenIn(sharing),
				history: [{ at: now, event: 'queued', detail: isOverridden ? options.reason : '' }],
			}),
		);
	}
	return { invitations, messages, skipped };
}

const isWrittenToday = ({ kind }: { kind: string }) => kind === 'written-today';

/** The newest invitation of a row at its inbox, unless it came to somebody else; undefined for none. */
export function newestInvitations(
	invitations: readonly Invitation[],
	presentIds: ReadonlyMap<string, string>,
): (row: Pick<ReportRow, 'clientId' | 'inbox'>) => Invitation | undefined {
	const newest = new Map<string, Invitation>();
	for (const invitation of invitations) {
		if (standingAnswer(invitation)?.kind === 'not-mine') continue;
		const clientId = presentIds.get(invitation.clientId) ?? invitation.clientId;
		const key = `${clientId} ${inboxOf(invitation.emailAddress)}`;
		const known = newest.get(key);
		if (!known || known.invitedAt <= invitation.invitedAt) newest.set(key, invitation);
	}
	return ({ clientId, inbox }) => newest.get(`${clientId} ${inbox}`);
}

/** Parts who may be reminded from who was written to, or is about to be, since the person looked. */
function withoutWritten(
	rows: readonly ReportRow[],
	{ invitations, messages, presentIds, histories, reason, now }: RemindOptions,
): { free: ReportRow[]; skipped: ReportRow[] } {
	const current = invitationHistories(invitations, messages, presentIds);
	const free: ReportRow[] = [];
	const skipped: ReportRow[] = [];
	const seen = new Set<string>();
	for (const row of rows) {
		const history = current.byClient.get(row.clientId);
		const isSame = history?.letters === histories.get(row.clientId)?.letters;
		const isWaiting = history !== undefined && history.waitingSince > 0;
		const isRested = mayGo(verdictAt(current, row.inbox, now), reason);
		const isFree = history && isSame && !isWaiting && isRested && !seen.has(row.clientId);
		(isFree ? free : skipped).push(row);
		seen.add(row.clientId);
	}
	return { free, skipped };
}
