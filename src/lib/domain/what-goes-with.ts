import type { Client } from './client.ts';
import type { Contact } from './contact.ts';
import { presentIds } from './former-ids.ts';
import { invitationStandings } from './invitation-standing.ts';
import type { Invitation } from './invitation.ts';
import type { Message } from './message.ts';
import { openMessagesOf } from './open-messages.ts';
import type { PortalUser } from './portal-user.ts';
import type { Table } from './table.ts';

/** What hangs on clients who are to be deleted or turned into contacts. */
export interface GoesWith {
	clients: number;
	contacts: number;
	/** Of those contacts, how many had been clients: their profiles rest in the cards. */
	restingProfiles: number;
	portalUsers: number;
	/** Messages with their invitations that have not left. */
	waiting: number;
	/** Other clients whose invitation those messages carry, too: they share an inbox. */
	alsoFor: number;
	/** Clients among them who were invited before. */
	invited: number;
}

export interface GoesWithInput {
	clients: Table<Client>;
	contacts: Table<Contact>;
	portalUsers: Table<PortalUser>;
	invitations: Table<Invitation>;
	messages: Table<Message>;
	/** The same two, whole: what has been sent is few beside all clients. */
	rows: { invitations: readonly Invitation[]; messages: readonly Message[] };
}

export function whatGoesWith(clientIds: ReadonlySet<string>, input: GoesWithInput): GoesWith {
	const { clients, contacts, portalUsers, invitations, messages, rows } = input;
	const present = presentIds(clients);
	const allIds = new Set(clientIds);
	for (const [former, now] of present) if (clientIds.has(now)) allIds.add(former);
	const open = openMessagesOf(allIds, messages, invitations);
	const others = new Set<string>();
	for (const message of open)
		for (const id of message.clientIds) if (!allIds.has(id)) others.add(present.get(id) ?? id);
	const { byClient } = invitationStandings(rows.invitations, rows.messages, present);
	let invited = 0;
	for (const [id, { kind }] of byClient) if (kind === 'invited' && clientIds.has(id)) invited += 1;
	const own = ownedBy(clientIds, contacts);
	const profiles = contacts.column('profile');
	return {
		clients: countIn(clientIds, clients),
		contacts: own.length,
		restingProfiles: own.filter((at) => profiles.at(at) !== undefined).length,
		portalUsers: ownedBy(clientIds, portalUsers).length,
		waiting: open.length,
		alsoFor: others.size,
		invited,
	};
}

/** The places of what belongs to these clients. */
function ownedBy<Row extends { clientId: string }>(
	clientIds: ReadonlySet<string>,
	table: Table<Row>,
): number[] {
	const owners = table.column('clientId');
	const places: number[] = [];
	for (let at = 0; at < table.length; at++) if (clientIds.has(owners.at(at))) places.push(at);
	return places;
}

function countIn(ids: ReadonlySet<string>, clients: Table<Client>): number {
	const column = clients.column('id');
	let count = 0;
	for (let at = 0; at < clients.length; at++) if (ids.has(column.at(at))) count += 1;
	return count;
}
