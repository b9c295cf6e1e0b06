import { fullName, type Client } from './client.ts';
import type { Contact } from './contact.ts';
import {
	hasLookAlikeLetters,
	isEmailAddress,
	looksMistyped,
	normaliseEmailAddress,
} from './email-address.ts';
import { EqualTexts } from './equal-texts.ts';
import { invitationStandings, type Standing } from './invitation-standing.ts';
import type { Invitation } from './invitation.ts';
import type { Message } from './message.ts';
import { minorTest } from './minors.ts';
import { JudgedClients } from './judged-clients.ts';
import { FactsAt, type Facts } from './report-facts.ts';
import { isOverridable, type Reason, type ReasonKind } from './report-reasons.ts';
import { holdSharedInboxes } from './shared-inboxes.ts';
import { asTable, type Table } from './table.ts';
import { usualAddressTest } from './usual-address.ts';

/** `ready`: listed and checked; `held`: listed, unchecked, with a reason; `left-out`: not to be invited. */
export type ReportClass = 'ready' | 'held' | 'left-out';

export interface ReportRow {
	/** The whole client, who may have to be unpacked first: for what is shown or sent, not for scans of all. */
	readonly client: Client;
	readonly clientId: string;
	readonly class: ReportClass;
	/** The one that decides first; all that stand against an invitation are there. */
	readonly reasons: readonly Reason[];
	/** The normalised address; '' when mail cannot go there. */
	readonly inbox: string;
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
	clients: readonly Client[] | Table<Client>;
	contacts: readonly Contact[] | Table<Contact>;
	invitations: readonly Invitation[];
	messages: readonly Message[];
	/** Epoch milliseconds. */
	now: number;
}

const noReasons: readonly Reason[] = Object.freeze([]);

/** Puts every client in exactly one class (DESIGN §6). One pass over each collection. */
export function buildReport(input: ReportInput): Report {
	const clients = asTable(input.clients);
	const standings = invitationStandings(input.invitations, input.messages);
	const guarded = guardedClients(asTable(input.contacts));
	const isMinor = minorTest(input.now);
	const isUsualAddress = usualAddressTest();
	const judged = new JudgedClients(clients);
	const listed = new EqualTexts(clients.length, (index) => judged.inboxAt(index));

	let index = 0;
	for (const part of clients.parts) {
		const client = new FactsAt(part);
		for (client.index = 0; client.index < part.length; client.index++, index++) {
			const { emailAddress } = client;
			const standing = standings.byClient.size > 0 ? standings.byClient.get(client.id) : undefined;
			const isUsual = isUsualAddress(emailAddress);
			const isAddress = isUsual || isEmailAddress(emailAddress.trim());
			const inbox = isUsual ? emailAddress : isAddress ? normaliseEmailAddress(emailAddress) : '';
			const leftOut = reasonsToLeaveOut(client, standing, isAddress);
			const isUnguarded = isMinor(client) && !guarded.has(client.id);
			const held = reasonsToHold(client, standing, { inbox, isUsual, isUnguarded });
			if (!isUsual) judged.keepInbox(index, inbox);
			if (leftOut.length > 0) judged.put(index, 'left-out', [...leftOut, ...held]);
			else listed.add(index, inbox);
			if (leftOut.length === 0 && held.length > 0) judged.put(index, 'held', held);
		}
	}
	holdSharedInboxes(judged, listed.groups(), standings);
	return { rows: judged.rows(), ...judged.count() };
}

function guardedClients(contacts: Table<Contact>): Set<string> {
	const clientIds = contacts.column('clientId');
	const relationships = contacts.column('relationship');
	const guarded = new Set<string>();
	for (let index = 0; index < contacts.length; index++)
		if (relationships.at(index) === 'guardian') guarded.add(clientIds.at(index));
	return guarded;
}

function reasonsToLeaveOut(
	client: Facts,
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
	if (client.hasJoinedPortal) reasons.push({ kind: 'joined', toldAt: client.joinedSource?.toldAt });
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
	client: Facts,
	standing: Standing | undefined,
	{ inbox, isUsual, isUnguarded }: { inbox: string; isUsual: boolean; isUnguarded: boolean },
): readonly Reason[] {
	const suggestion = isUsual || inbox === '' ? '' : looksMistyped(inbox);
	const hasLookAlikes = !isUsual && hasLookAlikeLetters(inbox);
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

/** Whether a person may check this row herself, or it is checked by default. */
export function canBeChecked(row: ReportRow): boolean {
	return row.inbox !== '' && row.reasons.every(isOverridable);
}

/** Whether this row is to be invited: the person's own choice where she may choose, else the report's. */
export function isChecked(row: ReportRow, choices: Readonly<Record<string, boolean>>): boolean {
	const choice = choices[row.clientId];
	// Only what the person chose is a boolean; what an object inherits (`toString`) is not.
	return typeof choice === 'boolean' ? choice && canBeChecked(row) : row.class === 'ready';
}

/** `isChecked` for many rows: their ids are asked for only where the person chose at all. */
export function checkTest(choices: Readonly<Record<string, boolean>>): (row: ReportRow) => boolean {
	const hasChosen = Object.keys(choices).length > 0;
	return (row) => (hasChosen ? isChecked(row, choices) : row.class === 'ready');
}

/** The rows to be invited, in the report's order. */
export function checkedRows(
	report: Pick<Report, 'rows'>,
	choices: Readonly<Record<string, boolean>>,
): ReportRow[] {
	return report.rows.filter(checkTest(choices));
}

/** "42 people, 40 inboxes": as many mails as inboxes are sent. */
export function peopleAndInboxes(rows: readonly ReportRow[]): { people: number; inboxes: number } {
	const inboxes = new Set<string>();
	for (const row of rows) inboxes.add(row.inbox);
	return { people: rows.length, inboxes: inboxes.size };
}
