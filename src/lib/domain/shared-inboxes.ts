import { fullName, type Client } from './client.ts';
import { EqualTexts } from './equal-texts.ts';
import type { Addressee, Guardians } from './guardians.ts';
import { choiceAt, type ChoiceByInbox } from './household.ts';
import type { Standings } from './invitation-standing.ts';
import type { JudgedClients } from './judged-clients.ts';
import { isUnguarded, type Reason } from './report-reasons.ts';
import type { Judge } from './report-judge.ts';
import type { Table } from './table.ts';

type Group = readonly number[];

interface Sharing {
	standings: Pick<Standings, 'clientByInbox'>;
	guardians: Guardians;
	choices: ChoiceByInbox;
	judge: Judge;
}

/**
 * Makes listed clients of one inbox a household, and holds whoever's inbox has, or is about to have, an
 * invitation of another client: two clients never cause two mails to one inbox by accident. `groups` are
 * the clients who share an inbox, listed or left out because they refused mail.
 */
export function judgeSharedInboxes(
	judged: JudgedClients,
	groups: readonly Group[],
	sharing: Sharing,
): void {
	const { clientByInbox } = sharing.standings;
	const homes = sendToGuardians(judged, groups, sharing);
	const final = (homes.size > 0 ? groupsOf(judged) : groups)
		.map((group) => withoutRefusing(judged, group))
		.filter(({ length }) => length > 1);
	const names = namesOf(judged.clients);
	for (const group of final) {
		judged.keepSharing(group);
		const invitedId =
			clientByInbox.size > 0 ? clientByInbox.get(judged.inboxAt(group[0] ?? 0)) : undefined;
		if (invitedId === undefined) makeHousehold(judged, group, homes, sharing);
		else holdGroup(judged, group, invitedId, names);
	}
	if (clientByInbox.size === 0) return;
	const isGrouped = new Set(final.flat());
	for (let index = 0; index < judged.clients.length; index++) {
		if (isGrouped.has(index) || judged.classAt(index) === 'left-out') continue;
		const invitedId = clientByInbox.get(judged.inboxAt(index));
		if (invitedId !== undefined) holdGroup(judged, [index], invitedId, names);
	}
}

/** Judges anew whose household is to be written to by way of a guardian; returns their own inboxes, by index. */
function sendToGuardians(
	judged: JudgedClients,
	groups: readonly Group[],
	{ guardians, choices, judge }: Sharing,
): Map<number, string> {
	const homes = new Map<number, string>();
	if (Object.keys(choices).length === 0) return homes;
	for (const all of groups) {
		const group = all.filter((index) => judged.classAt(index) !== 'left-out');
		if (group.length < 2) continue;
		const home = judged.inboxAt(group[0] ?? 0);
		if (choiceAt(choices, home) !== 'guardian') continue;
		const guardian = guardianToChoose(judged, group, guardians);
		if (!guardian) continue;
		for (const index of group) {
			const unguarded = judged.reasonsAt(index).find(isUnguarded)?.kind;
			judged.put(index, 'ready', []);
			judge(index, judged.clients.row(index), guardian, unguarded);
			homes.set(index, home);
		}
	}
	return homes;
}

/** A guardian of one of them, where the one mail would not go to a guardian anyway. */
function guardianToChoose(
	judged: JudgedClients,
	group: Group,
	guardians: Guardians,
): Addressee | undefined {
	if (group.some((index) => judged.addresseeAt(index))) return undefined;
	for (const index of group) {
		const guardian = guardians.get(judged.idAt(index));
		if (guardian && guardian.emailAddress !== '') return guardian;
	}
	return undefined;
}

function makeHousehold(
	judged: JudgedClients,
	group: Group,
	homes: ReadonlyMap<number, string>,
	{ guardians, choices }: Sharing,
): void {
	const isToGuardian = group.some((index) => homes.has(index));
	judged.keepHousehold(group, () => {
		const inbox = judged.inboxAt(group[0] ?? 0);
		return {
			inbox,
			clientIds: group.map((index) => judged.idAt(index)),
			choice: isToGuardian ? 'guardian' : choiceAt(choices, inbox) === 'each' ? 'each' : 'one',
			homes: [...new Set([inbox, ...group.flatMap((index) => homes.get(index) ?? [])])],
			hasGuardian: isToGuardian || guardianToChoose(judged, group, guardians) !== undefined,
		};
	});
}

/** Those of them who are listed; held where one of the others refused mail. */
function withoutRefusing(judged: JudgedClients, group: Group): Group {
	const listed = group.filter((index) => judged.classAt(index) !== 'left-out');
	if (listed.length < group.length)
		for (const index of listed)
			judged.put(index, 'held', [...judged.reasonsAt(index), { kind: 'inbox-do-not-email' }]);
	return listed;
}

/** All groups anew, once some have another inbox. */
function groupsOf(judged: JudgedClients): Group[] {
	const listed = new EqualTexts(judged.clients.length, (index) => judged.inboxAt(index));
	for (let index = 0; index < judged.clients.length; index++)
		if (judged.classAt(index) !== 'left-out' || hasRefused(judged, index))
			listed.add(index, judged.inboxAt(index));
	return listed.groups();
}

function hasRefused(judged: JudgedClients, index: number): boolean {
	return (
		judged.inboxAt(index) !== '' &&
		judged.reasonsAt(index).some(({ kind }) => kind === 'do-not-email')
	);
}

function holdGroup(
	judged: JudgedClients,
	group: readonly number[],
	invitedId: string,
	names: Names,
): void {
	const clientIds = group.map((index) => judged.idAt(index));
	if (!clientIds.includes(invitedId)) clientIds.push(invitedId);
	if (clientIds.length < 2) return;
	group.forEach((index, position) => {
		const isOtherInvited = invitedId !== clientIds[position];
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
