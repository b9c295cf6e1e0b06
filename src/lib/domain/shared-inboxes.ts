import { fullName, type Client } from './client.ts';
import type { Standings } from './invitation-standing.ts';
import type { JudgedClients } from './judged-clients.ts';
import type { Reason } from './report-reasons.ts';
import type { Table } from './table.ts';

/**
 * Holds every listed client whose inbox another listed client has too, or where an invitation to
 * another client went or is going: two clients never cause two mails to one inbox by accident.
 * `groups` are the listed clients who share an inbox.
 */
export function holdSharedInboxes(
	judged: JudgedClients,
	groups: readonly (readonly number[])[],
	{ clientByInbox }: Standings,
): void {
	const names = namesOf(judged.clients);
	for (const group of groups)
		holdGroup(judged, group, clientByInbox.get(judged.inboxAt(group[0] ?? 0)), names);
	if (clientByInbox.size === 0) return;
	const isGrouped = new Set(groups.flat());
	for (let index = 0; index < judged.clients.length; index++) {
		if (isGrouped.has(index) || judged.classAt(index) === 'left-out') continue;
		const invitedId = clientByInbox.get(judged.inboxAt(index));
		if (invitedId !== undefined) holdGroup(judged, [index], invitedId, names);
	}
}

function holdGroup(
	judged: JudgedClients,
	group: readonly number[],
	invitedId: string | undefined,
	names: Names,
): void {
	const clientIds = group.map((index) => judged.idAt(index));
	if (invitedId !== undefined && !clientIds.includes(invitedId)) clientIds.push(invitedId);
	if (clientIds.length < 2) return;
	group.forEach((index, position) => {
		const isOtherInvited = invitedId !== undefined && invitedId !== clientIds[position];
		const listedAt = group[position === 0 ? 1 : 0];
		const otherName = isOtherInvited ? names.of(invitedId) : names.at(listedAt);
		const reason: Reason = { kind: 'shares-address', clientIds, otherName, isOtherInvited };
		judged.put(index, 'held', [...judged.reasonsAt(index), reason]);
	});
}

interface Names {
	at(index: number | undefined): string;
	of(clientId: string): string;
}

/** Names by place and by client id; '' for nobody. */
function namesOf(clients: Table<Client>): Names {
	const firstNames = clients.column('firstName');
	const lastNames = clients.column('lastName');
	const ids = clients.column('id');
	let places: Map<string, number> | undefined;
	function placeOf(clientId: string): number | undefined {
		if (!places) {
			places = new Map();
			for (let index = 0; index < clients.length; index++) places.set(ids.at(index), index);
		}
		return places.get(clientId);
	}
	const at = (index: number | undefined) =>
		index === undefined
			? ''
			: fullName({ firstName: firstNames.at(index), lastName: lastNames.at(index) });
	return { at, of: (clientId) => at(placeOf(clientId)) };
}
