import { fullName, greetingName } from './client.ts';
import type { Standings } from './invitation-standing.ts';
import type { Invitation } from './invitation.ts';
import { untried } from './fresh-message.ts';
import { fillLetters } from './fill-letters.ts';
import type { Letter, Message, MessageEvent } from './message.ts';
import { nextRounds } from './next-round.ts';
import type { ProfessionalOf } from './professional.ts';
import { overriddenIn } from './overridden.ts';
import type { ReportRow } from './report.ts';
import { plannedTimes, type PlannedDay } from './send-plan.ts';
import type { PracticeSettings } from './settings/practice.ts';
import type { RowIds } from './row-ids.ts';
import { Sheet, type SheetColumn } from './sheet.ts';
import {
	addressedBy,
	areAlone,
	leadOf,
	sharingRows,
	type Addressed,
	type MessageRows,
} from './written-to.ts';
import { invitationLinks } from './web-address.ts';
import { withoutTaken } from './without-taken.ts';

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
	ids: RowIds;
	/** Makes so many. Unguessable, at least 128 bits each: they open the portal's door. */
	newCodes: (count: number) => SheetColumn<string>;
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
	const { practice, now, ids, standings, professionalOf, letterOf } = options;
	const { free, skipped } = withoutTaken(rows, standings, options.isAnew ?? false);
	const groups = areAlone(free) ? undefined : sharingRows(free);

	// Column by column, over all messages and then over all invitations: one loop for everything takes
	// a browser twice as long.
	const leads = groups?.map(leadOf) ?? free;
	const clients = leads.map(addressedBy);
	const letters = clients.map((client) => letterOf?.(client) ?? options.letter);
	const timeOf = plannedTimes(options.plan ?? [], now);
	const times = leads.map((_, place) => timeOf(place));
	const { codes, links } = linksFor(leads, options);
	const ends = times.map((time) => (time || now) + options.expiryDays * dayMs);
	const toAddresses = clients.map(({ emailAddress }) => emailAddress.trim());
	const messageIds = leads.map(() => ids.count());

	const { invited, messageOf, leadAt } = peopleIn(groups, leads);
	const roundOf = nextRounds(rows, options.invitations, options.formerMessages);
	const rounds = invited.map(({ clientId, inbox }) => roundOf(clientId, inbox));
	const clientIds = invited.map(({ clientId }) => clientId);
	const invitationIds = invited.map(() => ids.count());
	const ofMessage = <Value>(values: Value[]) => valuesAt(values, messageOf);
	const invitations = new Sheet<Invitation, 'invitedAt'>(
		invited.length,
		{ invitedAt: now },
		{
			id: ids.column(invitationIds),
			clientId: clientIds,
			round: rounds,
			emailAddress: ofMessage(toAddresses),
			code: messageOf ? messageOf.map((place) => codes.at(place) ?? '') : codes,
			messageId: ids.column(ofMessage(messageIds)),
			expiresAt: ofMessage(ends),
			contactId: invited.map(({ addressee }) => addressee?.contactId),
		},
	);

	const ofLead = <Value>(values: Value[]) => valuesAt(values, leadAt);
	const undoneUntil = now + options.undoWindowMs;
	const history: MessageEvent[] = [{ at: now, event: 'queued', detail: '' }];
	// One history for the whole batch, 10,000 times the same: rows are never mutated.
	Object.freeze(history);
	const messages = new Sheet<Message, keyof typeof untried | 'queuedAt' | 'history'>(
		leads.length,
		{ ...untried, queuedAt: now, history },
		{
			id: ids.column(messageIds),
			invitationId: ids.column(ofLead(invitationIds)),
			clientId: ofLead(clientIds),
			letterId: letters.map(({ id }) => id),
			toName: clients.map((client) => fullName(client) || greetingName(client)),
			toAddress: toAddresses,
			round: ofLead(rounds),
			fields: fillLetters(letters, {
				practice,
				professionalOf,
				clients,
				codes,
				links,
				expireAt: ends,
			}),
			dueAt: times.map((time) => Math.max(undoneUntil, time)),
			scheduledFor: times,
			despite: groups?.map(overriddenIn) ?? free.map((row) => overriddenIn([row])),
		},
	);
	return { invitations, messages, skipped };
}

/** Codes and links of the messages; where none were made ahead, to the portal's own address. */
function linksFor(
	leads: readonly ReportRow[],
	{ newCodes, madeLinkOf, practice }: InviteOptions,
): { codes: SheetColumn<string>; links: SheetColumn<string> } {
	const drawn = newCodes(leads.length);
	if (!madeLinkOf) return { codes: drawn, links: invitationLinks(practice.portalAddress, drawn) };
	const made = leads.map(madeLinkOf);
	const codes = made.map((one, place) => one?.code ?? drawn.at(place) ?? '');
	const toPortal = invitationLinks(practice.portalAddress, codes);
	return { codes, links: made.map((one, place) => one?.link ?? toPortal.at(place) ?? '') };
}

/** All who are invited, message by message. Where each has a message of her own, both places are absent. */
interface People {
	invited: readonly ReportRow[];
	/** Of each of them the place of her message. */
	messageOf?: readonly number[];
	/** Of each message the place of whom it addresses. */
	leadAt?: readonly number[];
}

function peopleIn(groups: readonly MessageRows[] | undefined, leads: readonly ReportRow[]): People {
	if (!groups) return { invited: leads };
	let start = 0;
	const leadAt = groups.map((sharing, place) => {
		const at = start + sharing.indexOf(leads[place] as ReportRow);
		start += sharing.length;
		return at;
	});
	const messageOf = groups.flatMap((sharing, place) => sharing.map(() => place));
	return { invited: groups.flat(), messageOf, leadAt };
}

function valuesAt<Value>(values: Value[], places: readonly number[] | undefined): Value[] {
	return places ? places.map((place) => values[place] as Value) : values;
}
