import type { Client, ClientStatus } from '$lib/domain/client.ts';
import {
	readAddressState,
	readAnswer,
	readHasLogin,
	readStatus,
} from '$lib/domain/client-words.ts';
import { cellAt, type Note } from './cells.ts';
import type { RoleColumns } from './columns.ts';

/** What the row says of the client's wish, the address's state, the portal and death. */
export function readConsent(
	cells: readonly string[],
	columns: RoleColumns,
	client: Client,
	note: Note,
) {
	for (const at of columns.wishes) {
		const wish = cellAt(cells, at);
		if (wish === '') continue;
		const answer = readAnswer(wish);
		if (answer ?? true) client.isDoNotEmail = true;
		if (answer === undefined) note(at, wish, 'Portico takes this as a wish not to be emailed.');
	}
	for (const at of columns.consents) {
		const consent = cellAt(cells, at);
		if (consent === '') continue;
		const answer = readAnswer(consent);
		if (answer === false) client.isDoNotEmail = true;
		if (answer === undefined)
			note(
				at,
				consent,
				'Portico cannot tell whether this client may be emailed; look at it before you invite.',
			);
	}
	const state = cellAt(cells, columns.emailStatus);
	if (state !== '') {
		const trouble = readAddressState(state);
		if (trouble === 'bounced') client.hasBounced = true;
		if (trouble === 'unsubscribed') client.isDoNotEmail = true;
	}
	const login = cellAt(cells, columns.portalLogin);
	client.hasJoinedPortal = readHasLogin(login);
	const deceased = cellAt(cells, columns.deceasedAt);
	client.isDeceased = deceased !== '' && readAnswer(deceased) !== false;
}

/**
 * The status that the row states, in a column of its own or by a discharge; undefined when it states none.
 * `ofAll` is the status that a person gave to the whole file: it stands above what the row says.
 */
export function readStanding(
	cells: readonly string[],
	columns: RoleColumns,
	client: Client,
	note: Note,
	ofAll?: ClientStatus,
): ClientStatus | undefined {
	const word = cellAt(cells, columns.status);
	if (word !== '') {
		if (word.toLowerCase() === 'deceased') client.isDeceased = true;
		if (ofAll) return ofAll;
		const status = readStatus(word);
		if (status === undefined)
			note(columns.status, word, 'Portico does not know this status and takes it as inactive.');
		return status ?? 'inactive';
	}
	if (ofAll) return ofAll;
	const active = columns.isActive < 0 ? undefined : readAnswer(cellAt(cells, columns.isActive));
	if (active !== undefined) return active ? 'active' : 'inactive';
	const discharged = cellAt(cells, columns.dischargedAt);
	return discharged !== '' && readAnswer(discharged) !== false ? 'inactive' : undefined;
}
