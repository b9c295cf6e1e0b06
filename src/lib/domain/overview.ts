import type { ClientChange } from './client-change.ts';
import type { Client } from './client.ts';
import { countMessages, noteExpiry, noteLeftOut, type DueThings } from './due-things.ts';
import { presentIds } from './former-ids.ts';
import { growthOf, type Growth } from './growth.ts';
import type { Import } from './import.ts';
import type { Invitation } from './invitation.ts';
import type { JournalEntry } from './journal.ts';
import type { Message } from './message.ts';
import type { PortalUser } from './portal-user.ts';
import type { Report, ReportRow } from './report.ts';
import { sentInvitations } from './sent-invitations.ts';
import { asTable, type Table } from './table.ts';
import {
	editedSince,
	ownMarks,
	removedSince,
	startOfWeek,
	type WeekChanges,
} from './week-changes.ts';

/** Where a client stands, as the start screen counts it. */
export type OverviewPlace = 'ready' | 'held' | 'waiting' | 'invited' | 'joined' | 'left-out';

export interface Overview {
	/** Sum to the number of clients. */
	counts: Readonly<Record<OverviewPlace, number>>;
	week: WeekChanges;
	/** All of today's clients who were ever invited, or have joined; undefined when nobody was. */
	growth: Growth | undefined;
	due: DueThings;
}

type Rows<Row> = readonly Row[] | Table<Row>;

export interface OverviewInput {
	clients: Rows<Client>;
	/** The report of these very clients, in their order. */
	report: Pick<Report, 'rows'>;
	invitations: Rows<Invitation>;
	messages: Rows<Message>;
	portalUsers: Rows<PortalUser>;
	imports: readonly Pick<Import, 'id' | 'importedAt'>[];
	clientChanges: Rows<ClientChange>;
	journal: Rows<JournalEntry>;
	/** Epoch milliseconds. */
	now: number;
}

export function overviewPlace(row: Pick<ReportRow, 'class' | 'reasons'>): OverviewPlace {
	if (row.class !== 'left-out') return row.class;
	switch (row.reasons[0]?.kind) {
		case 'joined':
			return 'joined';
		case 'waiting':
			return 'waiting';
		case 'already-invited':
			return 'invited';
		default:
			return 'left-out';
	}
}

/** One pass over each collection, by column. */
export function buildOverview(input: OverviewInput): Overview {
	const { now, report } = input;
	const clients = asTable(input.clients);
	const since = startOfWeek(now);
	const sent = sentInvitations(input.invitations, input.messages, presentIds(clients));
	const takenInAt = new Map(input.imports.map(({ id, importedAt }) => [id, importedAt]));
	const marks = ownMarks(asTable(input.portalUsers));
	const muted = editedSince(asTable(input.clientChanges), 'isDoNotEmail', since);
	const messages = countMessages(asTable(input.messages), since);

	const counts = { ready: 0, held: 0, waiting: 0, invited: 0, joined: 0, 'left-out': 0 };
	const week: WeekChanges = {
		since,
		added: 0,
		removed: removedSince(asTable(input.journal), since),
		invited: 0,
		joined: 0,
		refused: messages.refused,
		bounced: 0,
		doNotEmail: 0,
	};
	const due: DueThings = {
		expiring: 0,
		expired: 0,
		bounced: 0,
		withoutAddress: 0,
		heldMessages: messages.held,
		unconfirmedMessages: messages.unconfirmed,
		queuedMessages: messages.queued,
	};
	const invitedAts: number[] = [];
	const joinedAts: number[] = [];

	let place = 0;
	for (const part of clients.parts) {
		const ids = part.column('id');
		const addedAts = part.column('addedAt');
		const importIds = part.column('importId');
		const joins = part.column('hasJoinedPortal');
		const joinedSources = part.column('joinedSource');
		const bounces = part.column('hasBounced');
		const doNotEmails = part.column('isDoNotEmail');
		for (let index = 0; index < part.length; index++, place++) {
			const row = report.rows[place];
			if (!row) throw new RangeError('The report is of other clients');
			const standsAt = overviewPlace(row);
			counts[standsAt] += 1;
			if (standsAt === 'left-out') noteLeftOut(due, row);
			const importId = importIds.at(index);
			// A file may say since when somebody is a client: that is not when she came into this list.
			const cameAt = (importId && takenInAt.get(importId)) || addedAts.at(index);
			if (cameAt >= since) week.added += 1;

			const id = ids.at(index);
			const invitation = sent.size > 0 ? sent.get(id) : undefined;
			if (invitation) {
				invitedAts.push(invitation.firstAt);
				if (invitation.firstAt >= since) week.invited += 1;
				if (standsAt === 'invited') noteExpiry(due, invitation.expiresAt, now);
			}
			const mark = marks.size > 0 ? marks.get(id) : undefined;
			if (joins.at(index)) {
				const joinedAt = mark?.joinedAt || (joinedSources.at(index)?.toldAt ?? cameAt);
				joinedAts.push(joinedAt);
				if (joinedAt >= since && joinedAt > cameAt) week.joined += 1;
			}
			if (bounces.at(index) && (mark?.bouncedAt ?? 0) >= since) week.bounced += 1;
			if (doNotEmails.at(index) && muted.has(id)) week.doNotEmail += 1;
		}
	}
	return { counts, week, growth: growthOf(invitedAts, joinedAts, now), due };
}
