import {
	isListedIn,
	lastAdultBirth,
	minorBirth,
	openDigest,
	plainVerdict,
} from './client-digest.ts';
import type { Client } from './client.ts';
import type { Contact } from './contact.ts';
import { presentIds } from './former-ids.ts';
import { guardiansOf, type Addressee } from './guardians.ts';
import type { ChoiceByInbox, Household } from './household.ts';
import type { InvitationHistory } from './invitation-history.ts';
import { invitationStandings, type Standings } from './invitation-standing.ts';
import type { Invitation } from './invitation.ts';
import { markedUsers } from './marked-users.ts';
import type { Message } from './message.ts';
import { lastBirthdayOfAdults, minorTest } from './minors.ts';
import { EqualTexts } from './equal-texts.ts';
import { JudgedClients } from './judged-clients.ts';
import { FactsAt } from './report-facts.ts';
import { judgeOf, unguardedBy, type Judge, type ReportRules } from './report-judge.ts';
import { isOverridable, type Reason, type ReasonKind } from './report-reasons.ts';
import { judgeSharedInboxes } from './shared-inboxes.ts';
import type { PortalUser } from './portal-user.ts';
import { asTable, type Table } from './table.ts';
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
	const guardians = guardiansOf(asTable(input.contacts));
	const households = input.households ?? {};
	const judged = new JudgedClients(clients, households);
	const { rules, now } = input;
	const users = input.portalUsers ?? [];
	const marksAt = markedUsers(users, present ?? presentIds(clients));
	const judge = judgeOf(judged, standings, now, { rules, marksAt });
	const isMinor = minorTest(now);
	const lastAdult = lastAdultBirth(lastBirthdayOfAdults(now));
	const isNew = standings.byClient.size + standings.answers.size === 0;
	const listed = new EqualTexts(clients.length, (index) => judged.inboxAt(index));
	judged.judgeWith(laterJudge(clients, judge));

	let start = 0;
	for (const part of clients.parts) {
		// What is stored of a client is of her alone: what she was sent, guardians and other rules are not in it.
		const digest = rules ? undefined : openDigest(part);
		const client = new FactsAt(part);
		for (let at = 0; at < part.length; at++) {
			const index = start + at;
			client.index = at;
			const birth = digest?.births[at] ?? minorBirth;
			const mayBeMinor = birth > lastAdult || birth === minorBirth;
			if (digest && !mayBeMinor && (isNew || !isInStandings(standings, client.id))) {
				// Who is ready and plain is so already.
				const verdict = digest.verdicts[at] ?? plainVerdict;
				if (verdict !== plainVerdict) judged.keepVerdict(index, verdict);
				if (isListedIn(verdict)) listed.addHashed(index, digest.inboxes[at] ?? 0);
				continue;
			}
			const isChild = digest?.births[at] === minorBirth || isMinor(client);
			if (isChild) judged.keepMinor(index);
			const guardian = isChild ? guardians.get(client.id) : undefined;
			const inbox = judge(index, client, guardian, isChild ? unguardedBy(guardian) : undefined);
			if (inbox !== undefined) listed.add(index, inbox);
		}
		start += part.length;
	}
	judgeSharedInboxes(judged, listed.groups(), {
		standings: rules ?? standings,
		guardians,
		choices: households,
		judge,
	});
	return { rows: judged.rows(), ...judged.count() };
}

function isInStandings({ byClient, answers }: Standings, clientId: string): boolean {
	return byClient.has(clientId) || answers.has(clientId);
}

/** Judges an adult to whom nothing was sent, as her digest has it. */
function laterJudge(clients: Table<Client>, judge: Judge): (index: number) => void {
	let facts: FactsAt | undefined;
	return (index) => {
		facts ??= new FactsAt(clients);
		facts.index = index;
		judge(index, facts, undefined, undefined);
	};
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
