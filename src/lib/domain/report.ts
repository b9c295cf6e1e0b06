import { fullName, type Client } from './client.ts';
import type { Contact } from './contact.ts';
import {
	hasLookAlikeLetters,
	isEmailAddress,
	looksMistyped,
	normaliseEmailAddress,
} from './email-address.ts';
import { presentIds } from './former-ids.ts';
import { guardiansOf, type Addressee } from './guardians.ts';
import type { ChoiceByInbox, Household } from './household.ts';
import {
	invitationStandings,
	type ClientAnswer,
	type Standing,
	type Standings,
} from './invitation-standing.ts';
import type { Invitation } from './invitation.ts';
import type { Message } from './message.ts';
import { minorTest } from './minors.ts';
import { EqualTexts } from './equal-texts.ts';
import { JudgedClients } from './judged-clients.ts';
import { FactsAt, type Facts } from './report-facts.ts';
import { isOverridable, type Reason, type ReasonKind, type Unguarded } from './report-reasons.ts';
import { judgeSharedInboxes } from './shared-inboxes.ts';
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
	/** Where the message goes: the normalised address of the addressee; '' when mail cannot go there. */
	readonly inbox: string;
	/** Whom the message addresses, where not the client herself. */
	readonly addressee?: Addressee | undefined;
	/** Those who share the inbox and get one mail unless chosen otherwise; absent for who is alone there. */
	readonly household?: Household | undefined;
	/** Whether 'One each' was chosen for the inbox: nobody shares a message there. */
	readonly isOneEach?: boolean;
	readonly isMinor?: boolean;
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
	/** What was chosen for inboxes that several clients share; left out, they get one mail. */
	households?: ChoiceByInbox;
	/** Epoch milliseconds. */
	now: number;
}

const noReasons: readonly Reason[] = Object.freeze([]);

/** Puts every client in exactly one class (DESIGN §6). One pass over each collection. */
export function buildReport(input: ReportInput): Report {
	const clients = asTable(input.clients);
	const { invitations } = input;
	const present = invitations.length > 0 ? presentIds(clients) : undefined;
	const standings = invitationStandings(invitations, input.messages, present);
	const guardians = guardiansOf(asTable(input.contacts));
	const households = input.households ?? {};
	const judged = new JudgedClients(clients, households);
	const judge = judgeOf(judged, standings);
	const isMinor = minorTest(input.now);
	const listed = new EqualTexts(clients.length, (index) => judged.inboxAt(index));

	let index = 0;
	for (const part of clients.parts) {
		const client = new FactsAt(part);
		for (client.index = 0; client.index < part.length; client.index++, index++) {
			const isChild = isMinor(client);
			if (isChild) judged.keepMinor(index);
			const guardian = isChild ? guardians.get(client.id) : undefined;
			const inbox = judge(index, client, guardian, isChild ? unguardedBy(guardian) : undefined);
			if (inbox !== undefined) listed.add(index, inbox);
		}
	}
	judgeSharedInboxes(judged, listed.groups(), { standings, guardians, choices: households, judge });
	return { rows: judged.rows(), ...judged.count() };
}

function unguardedBy(guardian: Addressee | undefined): Unguarded['kind'] | undefined {
	if (!guardian) return 'minor-without-guardian';
	return guardian.emailAddress === '' ? 'guardian-without-address' : undefined;
}

/**
 * Judges one client, who is written to by way of a guardian where there is one. Returns the inbox that
 * others there are to know of: of a client who is listed, or who refused mail.
 */
export type Judge = (
	index: number,
	client: Facts,
	guardian: Addressee | undefined,
	unguarded: Unguarded['kind'] | undefined,
) => string | undefined;

function judgeOf(judged: JudgedClients, standings: Standings): Judge {
	const isUsualAddress = usualAddressTest();
	return (index, client, guardian, unguarded) => {
		const own = client.emailAddress;
		// A guardian without an address may be reached at the one that the client's own profile has.
		const address = guardian ? guardian.emailAddress || own : own;
		const standing = standings.byClient.size > 0 ? standings.byClient.get(client.id) : undefined;
		const answer = standings.answers.size > 0 ? standings.answers.get(client.id) : undefined;
		const isUsual = isUsualAddress(address);
		const isAddress = isUsual || isEmailAddress(address.trim());
		const inbox = isUsual ? address : isAddress ? normaliseEmailAddress(address) : '';
		const leftOut = reasonsToLeaveOut(client, standing, answer, isAddress);
		const held = reasonsToHold(client, standing, { inbox, isUsual, guardian, unguarded, answer });
		if (!isUsual || guardian) judged.keepInbox(index, inbox);
		if (guardian) judged.keepAddressee(index, { ...guardian, emailAddress: address.trim() });
		if (leftOut.length > 0) {
			judged.put(index, 'left-out', [...leftOut, ...held]);
			// Who refused mail refused it for the inbox: whoever else is there is looked at.
			return client.isDoNotEmail && inbox !== '' ? inbox : undefined;
		}
		if (held.length > 0) judged.put(index, 'held', held);
		return inbox;
	};
}

function reasonsToLeaveOut(
	client: Facts,
	standing: Standing | undefined,
	answer: ClientAnswer | undefined,
	isAddress: boolean,
): readonly Reason[] {
	const { status } = client;
	const isGone = status === 'inactive' || status === 'archived';
	const isMailed = standing?.kind === 'waiting' || standing?.kind === 'invited';
	const revokedAt = client.portalRevokedAt;
	const isBarred =
		client.isDeceased || client.isDoNotEmail || client.hasJoinedPortal || revokedAt !== undefined;
	const hasDeclined = answer?.kind === 'declined';
	// Most clients of a practice have nothing against them: 100,000 empty arrays would be for nothing.
	if (isAddress && !isGone && !isMailed && !isBarred && !hasDeclined && !client.hasBounced)
		return noReasons;
	const reasons: Reason[] = [];
	if (client.isDeceased) reasons.push({ kind: 'deceased' });
	if (client.isDoNotEmail) reasons.push({ kind: 'do-not-email' });
	if (client.hasJoinedPortal) reasons.push(joinedReason(client));
	if (revokedAt !== undefined) reasons.push({ kind: 'revoked', at: revokedAt });
	if (hasDeclined) reasons.push({ kind: 'declined', at: answer.at });
	if (standing?.kind === 'waiting') reasons.push({ kind: 'waiting', since: standing.since });
	if (standing?.kind === 'invited') reasons.push({ kind: 'already-invited', at: standing.at });
	if (isGone) reasons.push({ kind: 'inactive', status });
	if (!isAddress) reasons.push(addressReason(client.emailAddress));
	if (client.hasBounced) reasons.push({ kind: 'bounced' });
	return reasons;
}

function joinedReason({ joinedSource }: Facts): Reason {
	const reason: Reason = { kind: 'joined', toldAt: joinedSource?.toldAt };
	return joinedSource?.kind === 'receipt' ? { ...reason, isAnswer: true } : reason;
}

function addressReason(text: string): Reason {
	if (text.trim() === '') return { kind: 'no-address' };
	return { kind: 'not-an-address', suggestion: looksMistyped(text) };
}

function reasonsToHold(
	client: Facts,
	standing: Standing | undefined,
	{
		inbox,
		isUsual,
		guardian,
		unguarded,
		answer,
	}: {
		inbox: string;
		isUsual: boolean;
		guardian: Addressee | undefined;
		unguarded: Unguarded['kind'] | undefined;
		answer: ClientAnswer | undefined;
	},
): readonly Reason[] {
	const suggestion = isUsual || inbox === '' ? '' : looksMistyped(inbox);
	const hasLookAlikes = !isUsual && hasLookAlikeLetters(inbox);
	const isNameless = guardian
		? guardian.name === ''
		: !client.firstName && !client.preferredName && fullName(client) === '';
	// A refusal spoke of the address of that time: a corrected one is a new start.
	const refusal = standing?.kind === 'refused' && standing.inbox === inbox ? standing : undefined;
	const maybe = standing?.kind === 'maybe' && standing.inbox === inbox ? standing : undefined;
	const notHers = answer?.kind === 'not-mine' && answer.inbox === inbox ? answer : undefined;
	const isDoubted = unguarded || isNameless || hasLookAlikes || suggestion !== '' || notHers;
	if (!isDoubted && !refusal && !maybe) return noReasons;
	const reasons: Reason[] = [];
	if (refusal) reasons.push({ kind: 'refused', at: refusal.at, why: refusal.why });
	if (maybe) reasons.push({ kind: 'may-have-arrived', at: maybe.at });
	if (notHers) reasons.push({ kind: 'not-hers', at: notHers.at });
	if (unguarded) reasons.push({ kind: unguarded });
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
