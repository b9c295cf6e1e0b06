import { fullName, type Client } from './client.ts';
import type { Contact } from './contact.ts';
import {
	hasLookAlikeLetters,
	isEmailAddress,
	looksMistyped,
	normaliseEmailAddress,
} from './email-address.ts';
import { invitationStandings, type Standing } from './invitation-standing.ts';
import type { Invitation } from './invitation.ts';
import type { Message } from './message.ts';
import { minorTest } from './minors.ts';
import { isOverridable, type Reason, type ReasonKind } from './report-reasons.ts';
import { holdSharedInboxes } from './shared-inboxes.ts';

/** `ready`: listed and checked; `held`: listed, unchecked, with a reason; `left-out`: not to be invited. */
export type ReportClass = 'ready' | 'held' | 'left-out';

export interface ReportRow {
	client: Client;
	class: ReportClass;
	/** The one that decides first; all that stand against an invitation are there. */
	reasons: readonly Reason[];
	/** The normalised address; '' when mail cannot go there. */
	inbox: string;
}

/** Who has not been invited yet. Derived, never stored. */
export interface Report {
	/** One a client, in the clients' order. */
	rows: readonly ReportRow[];
	/** Sum to the number of clients. */
	counts: Readonly<Record<ReportClass, number>>;
	/** By each row's first reason, so that they sum to what is held and left out. */
	countByReason: Readonly<Partial<Record<ReasonKind, number>>>;
}

export interface ReportInput {
	clients: readonly Client[];
	contacts: readonly Contact[];
	invitations: readonly Invitation[];
	messages: readonly Message[];
	/** Epoch milliseconds. */
	now: number;
}

const noReasons: readonly Reason[] = Object.freeze([]);

/** Puts every client in exactly one class (DESIGN §6). One pass over each collection. */
export function buildReport({
	clients,
	contacts,
	invitations,
	messages,
	now,
}: ReportInput): Report {
	const standings = invitationStandings(invitations, messages);
	const guarded = new Set<string>();
	for (const contact of contacts)
		if (contact.relationship === 'guardian') guarded.add(contact.clientId);
	const isMinor = minorTest(now);

	const rows = clients.map((client): ReportRow => {
		const standing = standings.byClient.get(client.id);
		const isAddress = isEmailAddress(client.emailAddress.trim());
		const inbox = isAddress ? normaliseEmailAddress(client.emailAddress) : '';
		const leftOut = reasonsToLeaveOut(client, standing, isAddress);
		const isUnguarded = isMinor(client) && !guarded.has(client.id);
		const held = reasonsToHold(client, standing, inbox, isUnguarded);
		const rowClass = leftOut.length > 0 ? 'left-out' : held.length > 0 ? 'held' : 'ready';
		const reasons =
			leftOut.length === 0 ? held : held.length === 0 ? leftOut : [...leftOut, ...held];
		return { client, class: rowClass, reasons, inbox };
	});
	holdSharedInboxes(rows, standings, clients);
	return { rows, ...count(rows) };
}

function reasonsToLeaveOut(
	client: Client,
	standing: Standing | undefined,
	isAddress: boolean,
): readonly Reason[] {
	const { status } = client;
	const isGone = status === 'inactive' || status === 'archived';
	const isMailed = standing?.kind === 'waiting' || standing?.kind === 'invited';
	const isBarred = client.isDeceased || client.isDoNotEmail || client.hasJoinedPortal;
	// Most clients of a practice have nothing against them: 100,000 empty arrays would be for nothing.
	if (isAddress && !isGone && !isMailed && !isBarred && !client.hasBounced) return noReasons;
	const reasons: Reason[] = [];
	if (client.isDeceased) reasons.push({ kind: 'deceased' });
	if (client.isDoNotEmail) reasons.push({ kind: 'do-not-email' });
	if (client.hasJoinedPortal) reasons.push({ kind: 'joined' });
	if (standing?.kind === 'waiting') reasons.push({ kind: 'waiting', since: standing.since });
	if (standing?.kind === 'invited') reasons.push({ kind: 'already-invited', at: standing.at });
	if (isGone) reasons.push({ kind: 'inactive', status });
	if (!isAddress) reasons.push(addressReason(client.emailAddress));
	if (client.hasBounced) reasons.push({ kind: 'bounced' });
	return reasons;
}

function addressReason(text: string): Reason {
	if (text.trim() === '') return { kind: 'no-address' };
	return { kind: 'not-an-address', suggestion: looksMistyped(text) };
}

function reasonsToHold(
	client: Client,
	standing: Standing | undefined,
	inbox: string,
	isUnguarded: boolean,
): readonly Reason[] {
	const suggestion = inbox && looksMistyped(inbox);
	const hasLookAlikes = hasLookAlikeLetters(inbox);
	const isNameless = !client.firstName && !client.preferredName && fullName(client) === '';
	// A refusal spoke of the address of that time: a corrected one is a new start.
	const refusal = standing?.kind === 'refused' && standing.inbox === inbox ? standing : undefined;
	const maybe = standing?.kind === 'maybe' && standing.inbox === inbox ? standing : undefined;
	const isDoubted = isUnguarded || isNameless || hasLookAlikes || suggestion !== '';
	if (!isDoubted && !refusal && !maybe) return noReasons;
	const reasons: Reason[] = [];
	if (refusal) reasons.push({ kind: 'refused', at: refusal.at, why: refusal.why });
	if (maybe) reasons.push({ kind: 'may-have-arrived', at: maybe.at });
	if (isUnguarded) reasons.push({ kind: 'minor-without-guardian' });
	if (suggestion) reasons.push({ kind: 'looks-mistyped', suggestion });
	if (hasLookAlikes) reasons.push({ kind: 'look-alike-letters' });
	if (isNameless) reasons.push({ kind: 'no-name' });
	return reasons;
}

function count(rows: readonly ReportRow[]): Pick<Report, 'counts' | 'countByReason'> {
	const counts: Record<ReportClass, number> = { ready: 0, held: 0, 'left-out': 0 };
	const countByReason: Partial<Record<ReasonKind, number>> = {};
	for (const row of rows) {
		counts[row.class]++;
		const first = row.reasons[0];
		if (first) countByReason[first.kind] = (countByReason[first.kind] ?? 0) + 1;
	}
	return { counts, countByReason };
}

/** Whether a person may check this row herself, or it is checked by default. */
export function canBeChecked(row: ReportRow): boolean {
	return row.inbox !== '' && row.reasons.every(isOverridable);
}

/** Whether this row is to be invited: the person's own choice where she may choose, else the report's. */
export function isChecked(row: ReportRow, choices: Readonly<Record<string, boolean>>): boolean {
	const choice = choices[row.client.id];
	// Only what the person chose is a boolean; what an object inherits (`toString`) is not.
	return typeof choice === 'boolean' ? choice && canBeChecked(row) : row.class === 'ready';
}

/** The rows to be invited, in the report's order. */
export function checkedRows(
	report: Pick<Report, 'rows'>,
	choices: Readonly<Record<string, boolean>>,
): ReportRow[] {
	return report.rows.filter((row) => isChecked(row, choices));
}

/** "42 people, 40 inboxes": as many mails as inboxes are sent. */
export function peopleAndInboxes(rows: readonly ReportRow[]): { people: number; inboxes: number } {
	const inboxes = new Set<string>();
	for (const row of rows) inboxes.add(row.inbox);
	return { people: rows.length, inboxes: inboxes.size };
}
