import type { Client } from './client.ts';
import type { Contact } from './contact.ts';
import { presentIds } from './former-ids.ts';
import { Guardians, type Addressee } from './guardians.ts';
import type { ChoiceByInbox, Household } from './household.ts';
import type { InvitationHistory } from './invitation-history.ts';
import { invitationStandings } from './invitation-standing.ts';
import type { Invitation } from './invitation.ts';
import { markedUsers } from './marked-users.ts';
import type { Message } from './message.ts';
import { JudgedClients } from './judged-clients.ts';
import { judgeEach } from './judge-each.ts';
import { judgeOf, type ReportRules } from './report-judge.ts';
import { isOverridable, type Reason, type ReasonKind } from './report-reasons.ts';
import { judgeSharedInboxes } from './shared-inboxes.ts';
import type { PortalUser } from './portal-user.ts';
import { asTable, type Table } from './table.ts';
import { usualAddressTest } from './usual-address.ts';
import type { Addressed } from './written-to.ts';

/** `ready`: listed and checked; `held`: listed, unchecked, with a reason; `left-out`: not to be invited. */
export type ReportClass = 'ready' | 'held' | 'left-out';

export interface ReportRow {
	/** The whole client, who may have to be unpacked first: for what is shown or sent, not for scans of all. */
	readonly client: Client;
	readonly clientId: string;
	/** Of the client what a message is made of, read without unpacking her; absent where nothing is packed. */
	readonly addressed?: Addressed;
	/** The clients among whom the report found her: they never change, so in the same ones she is the same. */
	readonly foundIn?: Table<Client>;
	readonly class: ReportClass;
	/** The one that decides first; all that stand against an invitation are there. */
	readonly reasons: readonly Reason[];
	/** Where the message arrives: one text for one inbox (`inboxOf`); '' when mail cannot go there. */
	readonly inbox: string;
	/** Whom the message addresses, where not the client herself. */
	readonly addressee?: Addressee | undefined;
	/** Those who share the inbox and get one mail unless chosen otherwise; absent for who is alone there. */
	readonly household?: Household | undefined;
	/** Whether anybody else who is ready or held in the same report has the inbox; undefined: nobody looked. */
	readonly sharesInbox?: boolean | undefined;
	/** Whether 'One each' was chosen for the inbox: nobody shares a message there. */
	readonly isOneEach?: boolean;
	readonly isMinor?: boolean;
}

/** Who has not been invited yet. Derived, never stored. */
export interface Report {
	/** One a client, in the clients' order. */
	rows: readonly ReportRow[];
	/** Of each row its class, as its place in `reportClasses`: who looks through all asks no row. */
	classCodes: Uint8Array;
	/** Sum to the number of clients. */
	counts: Readonly<Record<ReportClass, number>>;
	/** By each row's first reason, so that they sum to what is held and left out. */
	countByReason: Readonly<Partial<Record<ReasonKind, number>>>;
	/** What was sent to each client before; absent in the report of who was never invited. */
	histories?: ReadonlyMap<string, InvitationHistory>;
}

export interface ReportInput {
	clients: readonly Client[] | Table<Client>;
	contacts: readonly Contact[] | Table<Contact>;
	invitations: readonly Invitation[];
	messages: readonly Message[];
	/** Who else than the client has access: guardians who joined, or whose mail came back. */
	portalUsers?: readonly PortalUser[] | Table<PortalUser>;
	/** What was chosen for inboxes that several clients share; left out, they get one mail. */
	households?: ChoiceByInbox;
	/** Of a report about those who were written to before; left out, it is of who was never invited. */
	rules?: ReportRules;
	/** Epoch milliseconds. */
	now: number;
}

/** Puts every client in exactly one class (DESIGN §6). One pass over each collection. */
export function buildReport(input: ReportInput): Report {
	const clients = asTable(input.clients);
	const { invitations } = input;
	const present = invitations.length > 0 ? presentIds(clients) : undefined;
	// The other reports have their own word on what was sent: of the invitations only answers count here.
	const standings = input.rules
		? invitationStandings(
				invitations.filter(({ answers }) => answers),
				[],
				present,
			)
		: invitationStandings(invitations, input.messages, present);
	const guardians = new Guardians(asTable(input.contacts));
	const households = input.households ?? {};
	const judged = new JudgedClients(clients, households);
	const { rules, now } = input;
	const marksAt = markedUsers(input.portalUsers ?? [], () => present ?? presentIds(clients));
	const isUsualAddress = usualAddressTest();
	const judge = judgeOf(judged, standings, now, { rules, marksAt, isUsualAddress });
	const about = { guardians, judge, isUsualAddress, hasRules: rules !== undefined };
	const listed = judgeEach(judged, { ...about, standings, hasMarks: marksAt !== undefined, now });
	judgeSharedInboxes(judged, listed.groups(), {
		standings: rules ?? standings,
		guardians,
		choices: households,
		judge,
	});
	return { rows: judged.rows(), ...judged.count() };
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
