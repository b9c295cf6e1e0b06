import { fullName, type Client } from './client.ts';
import type { Standings } from './invitation-standing.ts';
import type { Reason } from './report-reasons.ts';
import type { ReportRow } from './report.ts';

/**
 * Holds every listed row whose inbox another listed client has too, or where an invitation to
 * another client went or is going: two clients never cause two mails to one inbox by accident.
 */
export function holdSharedInboxes(
	rows: ReportRow[],
	{ clientByInbox }: Standings,
	clients: readonly Client[],
): void {
	const firstAt = new Map<string, number>();
	const groups = new Map<string, number[]>();
	let index = -1;
	for (const row of rows) {
		index++;
		if (row.class === 'left-out') continue;
		const first = firstAt.get(row.inbox);
		if (first === undefined) {
			firstAt.set(row.inbox, index);
			if (clientByInbox.has(row.inbox)) groups.set(row.inbox, [index]);
			continue;
		}
		const group = groups.get(row.inbox);
		if (group) group.push(index);
		else groups.set(row.inbox, [first, index]);
	}
	if (groups.size === 0) return;
	const nameOf = lazyNames(clients);
	for (const [inbox, group] of groups) {
		const invitedId = clientByInbox.get(inbox);
		holdGroup(rows, group, invitedId, invitedId === undefined ? '' : nameOf(invitedId));
	}
}

function holdGroup(
	rows: ReportRow[],
	group: readonly number[],
	invitedId: string | undefined,
	invitedName: string,
): void {
	const members = group.flatMap((index) => rows[index] ?? []);
	const clientIds = members.map((row) => row.client.id);
	const isInvitedListed = invitedId !== undefined && clientIds.includes(invitedId);
	if (invitedId !== undefined && !isInvitedListed) clientIds.push(invitedId);
	if (clientIds.length < 2) return;
	members.forEach((row, position) => {
		const isOtherInvited = invitedId !== undefined && invitedId !== row.client.id;
		const listed = members[position === 0 ? 1 : 0];
		const otherName = isOtherInvited ? invitedName : listed ? fullName(listed.client) : '';
		const reason: Reason = { kind: 'shares-address', clientIds, otherName, isOtherInvited };
		row.reasons = [...row.reasons, reason];
		row.class = 'held';
	});
}

/** Names by client id, indexed when the first is asked for. */
function lazyNames(clients: readonly Client[]): (id: string) => string {
	let byId: Map<string, Client> | undefined;
	return (id) => {
		byId ??= new Map(clients.map((client) => [client.id, client]));
		const client = byId.get(id);
		return client ? fullName(client) : '';
	};
}
