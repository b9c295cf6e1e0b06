import { fullName, greetingName } from './client.ts';
import type { Standings } from './invitation-standing.ts';
import type { Invitation } from './invitation.ts';
import { untried } from './fresh-message.ts';
import { fieldFiller } from './field-filler.ts';
import type { Letter, Message, MessageEvent } from './message.ts';
import { nextRounds } from './next-round.ts';
import type { ProfessionalOf } from './professional.ts';
import type { ReasonKind } from './report-reasons.ts';
import type { ReportRow } from './report.ts';
import { plannedTimes, type PlannedDay } from './send-plan.ts';
import type { PracticeSettings } from './settings/practice.ts';
import { Sheet } from './sheet.ts';
import { addressedBy, leadOf, sharingRows, type Addressed } from './written-to.ts';

const dayMs = 24 * 60 * 60 * 1000;

export interface InviteOptions {
	/** Frozen already; the caller puts it in the same commit. */
	letter: Letter;
	/** Each client's own letter, where they differ: in her language, with where her answers go. */
	letterOf?: (client: Addressed) => Letter;
	professionalOf?: ProfessionalOf;
	practice: PracticeSettings;
	/** Epoch milliseconds. */
	now: number;
	undoWindowMs: number;
	expiryDays: number;
	newId: () => string;
	/** Unguessable, at least 128 bits: it opens the portal's door. */
	newCode: () => string;
	/** Code and link of a row where they were made ahead: a signed link takes its time. */
	madeLinkOf?: (row: ReportRow) => MadeLink | undefined;
	/** As they are in the state that the commit is made against: who is invited by then is not invited again. */
	standings: Standings;
	/** All former ones: a new invitation of the same client and inbox is one round later. */
	invitations: readonly Invitation[];
	formerMessages: readonly Message[];
	/** When they leave, where not as soon as the undo window ends: at a set time, or over several days. */
	plan?: readonly PlannedDay[];
	/** Who was written to before is invited anew, but for whom a message waits. */
	isAnew?: boolean;
}

/** A code with the link that holds it. */
export interface MadeLink {
	code: string;
	link: string;
}

/** Columns to which each row adds a value. */
type Filling<Row, Field extends keyof Row> = { [Name in Field]-?: Row[Name][] };

/** Fields in which the rows of a batch differ. */
type InvitationsOwn = Exclude<keyof Invitation, 'invitedAt' | 'answers'>;
type MessagesOwn = Exclude<
	keyof Message,
	keyof typeof untried | 'queuedAt' | 'history' | 'alsoFor' | 'extended'
>;

export interface InvitedBatch {
	invitations: Sheet<Invitation>;
	messages: Sheet<Message>;
	/** Rows that another tab was faster to invite, or that have no inbox: nothing was queued for them. */
	skipped: ReportRow[];
}

/**
 * The rows of one batch, for one commit: an invitation a client, one message an inbox. Clients who
 * share an inbox share the message and its code, which addresses one of them or a guardian (`leadOf`)
 * and names nobody else; where 'One each' was chosen for the inbox, everybody has her own.
 */
export function invite(rows: readonly ReportRow[], options: InviteOptions): InvitedBatch {
	const { letter, practice, now, newId, newCode, standings, professionalOf } = options;
	const roundOf = nextRounds(rows, options.invitations, options.formerMessages);
	const history: MessageEvent[] = [{ at: now, event: 'queued', detail: '' }];
	// One history for the whole batch, 10,000 times the same: rows are never mutated.
	Object.freeze(history);
	const undoneUntil = now + options.undoWindowMs;
	const timeOf = plannedTimes(options.plan ?? [], now);
	const invitations: Filling<Invitation, InvitationsOwn> = {
		id: [],
		clientId: [],
		round: [],
		emailAddress: [],
		code: [],
		messageId: [],
		expiresAt: [],
		contactId: [],
	};
	const messages: Filling<Message, MessagesOwn> = {
		id: [],
		invitationId: [],
		clientId: [],
		letterId: [],
		toName: [],
		toAddress: [],
		round: [],
		fields: [],
		dueAt: [],
		scheduledFor: [],
		despite: [],
	};
	const fill = fieldFiller(practice, professionalOf);
	const { free, skipped } = withoutTaken(rows, standings, options.isAnew ?? false);

	for (const sharing of sharingRows(free)) {
		const lead = leadOf(sharing);
		if (!lead) continue;
		const client = addressedBy(lead);
		const text = options.letterOf?.(client) ?? letter;
		const made = options.madeLinkOf?.(lead);
		const scheduledFor = timeOf(messages.id.length);
		const messageId = newId();
		const emailAddress = client.emailAddress.trim();
		const code = made?.code ?? newCode();
		const expiresAt = (scheduledFor || now) + options.expiryDays * dayMs;
		for (const row of sharing) {
			const { clientId } = row;
			const id = newId();
			const round = roundOf(clientId, row.inbox);
			invitations.id.push(id);
			invitations.clientId.push(clientId);
			invitations.round.push(round);
			invitations.emailAddress.push(emailAddress);
			invitations.code.push(code);
			invitations.messageId.push(messageId);
			invitations.expiresAt.push(expiresAt);
			invitations.contactId.push(row.addressee?.contactId);
			if (row !== lead) continue;
			messages.invitationId.push(id);
			messages.clientId.push(clientId);
			messages.round.push(round);
		}
		messages.id.push(messageId);
		messages.letterId.push(text.id);
		messages.toName.push(fullName(client) || greetingName(client));
		messages.toAddress.push(emailAddress);
		messages.fields.push(fill(text, { client, invitation: { code, expiresAt }, link: made?.link }));
		messages.dueAt.push(Math.max(undoneUntil, scheduledFor));
		messages.scheduledFor.push(scheduledFor);
		messages.despite.push(overriddenIn(sharing));
	}
	return {
		invitations: new Sheet<Invitation>(invitations.id.length, { invitedAt: now }, invitations),
		messages: new Sheet<Message>(messages.id.length, { ...untried, queuedAt: now, history }, messages),
		skipped,
	};
}

/** Parts who can be invited from whom somebody else was faster to invite, or who has no inbox. */
function withoutTaken(
	rows: readonly ReportRow[],
	{ byClient }: Standings,
	isAnew: boolean,
): { free: ReportRow[]; skipped: ReportRow[] } {
	const free: ReportRow[] = [];
	const skipped: ReportRow[] = [];
	const invited = new Set<string>();
	for (const row of rows) {
		const standing = byClient.get(row.clientId)?.kind;
		const isInvited = standing === 'invited' && !isAnew;
		const isTaken = standing === 'waiting' || isInvited || invited.has(row.clientId);
		if (row.inbox === '' || isTaken) skipped.push(row);
		else {
			invited.add(row.clientId);
			free.push(row);
		}
	}
	return { free, skipped };
}

const nothing: readonly ReasonKind[] = Object.freeze([]);
const lookedAtAgain: readonly ReasonKind[] = [
	'inactive',
	'inbox-do-not-email',
	'guardian-without-address',
];

/** What the person overrode that is looked at again before the message leaves; mostly one array for all. */
export function overriddenIn(sharing: readonly ReportRow[]): readonly ReasonKind[] {
	if (sharing.every(({ reasons }) => reasons.length === 0)) return nothing;
	return lookedAtAgain.filter((kind) =>
		sharing.some(({ reasons }) => reasons.some((reason) => reason.kind === kind)),
	);
}
