import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import { inboxOf } from '$lib/domain/inbox.ts';
import { idsOf } from '$lib/domain/former-ids.ts';
import { householdChoicesFrom } from '$lib/domain/household.ts';
import { repeatedBy, type Message } from '$lib/domain/message.ts';
import { nextRounds } from '$lib/domain/next-round.ts';
import { buildReport, type ReportRow } from '$lib/domain/report.ts';
import { isOverridable, type Reason, type ReasonKind } from '$lib/domain/report-reasons.ts';
import type { Snapshot } from '$lib/vault/types.ts';

/** Collections that `reportNear` reads. */
export const nearby = [
	'clients',
	'contacts',
	'portalUsers',
	'invitations',
	'messages',
	'settings',
] as const;

/** What the report would say if these clients were as given and these messages were put away. */
export function reportNear(
	state: Snapshot,
	changed: readonly Client[],
	putAway: ReadonlySet<string>,
	now: number,
	contacts: readonly Contact[] = state.rows('contacts'),
): ReportRow[] {
	const asGiven = new Map(changed.map((client) => [client.id, client]));
	const givenIds = new Set(changed.flatMap(idsOf));
	const inboxes = new Set(changed.map(({ emailAddress }) => inboxOf(emailAddress)));
	const guardians = contacts.filter(({ relationship }) => relationship === 'guardian');
	for (const { clientId, emailAddress } of guardians)
		if (asGiven.has(clientId)) inboxes.add(inboxOf(emailAddress));
	inboxes.delete('');
	const isThere = (address: string) => inboxes.has(inboxOf(address));
	const invitations = state
		.rows('invitations')
		.filter(({ clientId, emailAddress }) => givenIds.has(clientId) || isThere(emailAddress));
	const guardedIds = new Set(
		guardians.filter(({ emailAddress }) => isThere(emailAddress)).map(({ clientId }) => clientId),
	);
	const invitedIds = new Set(invitations.map(({ clientId }) => clientId));
	// Only whoever could share an inbox with them matters: a practice has 100,000 others.
	const clients = state.rows('clients').flatMap((client) => {
		const given = asGiven.get(client.id);
		if (given) return [given];
		const isInvited = idsOf(client).some((id) => invitedIds.has(id));
		return isInvited || guardedIds.has(client.id) || isThere(client.emailAddress) ? [client] : [];
	});
	const messageIds = new Set(invitations.map(({ messageId }) => messageId));
	const invitationIds = new Set(invitations.map(({ id }) => id));
	const messages = state
		.rows('messages')
		.filter(
			(message) =>
				messageIds.has(message.id) || repeatedBy(message).some((id) => invitationIds.has(id)),
		)
		.map((message): Message =>
			putAway.has(message.id) ? { ...message, state: 'cancelled' } : message,
		);
	const households = householdChoicesFrom(state.rows('settings'));
	const portalUsers = state.table('portalUsers');
	const { rows } = buildReport({
		clients,
		contacts,
		portalUsers,
		invitations,
		messages,
		households,
		now,
	});
	return rows.filter(({ client }) => asGiven.has(client.id));
}

export type Standing =
	| { kind: 'fit' }
	/** Not to be emailed, whatever a person says. */
	| { kind: 'left-out'; reasons: readonly Reason[] }
	/** A person must say so first, as in the report. */
	| { kind: 'doubts'; reasons: readonly Reason[] };

/** Whether one message may go to all of these together, in spite of what a person has overridden. */
export function standingOf(rows: readonly ReportRow[], despite: readonly ReasonKind[]): Standing {
	const ids = new Set(rows.map(({ client }) => client.id));
	const reasons = rows
		.flatMap((row) => [...row.reasons, ...sharedBy(row)])
		// They share the inbox with one another knowingly.
		.filter(
			(reason) => reason.kind !== 'shares-address' || reason.clientIds.some((id) => !ids.has(id)),
		);
	const leftOut = reasons.filter((reason) => !isOverridable(reason));
	if (leftOut.length > 0) return { kind: 'left-out', reasons: leftOut };
	const doubts = reasons.filter(({ kind }) => !despite.includes(kind));
	return doubts.length > 0 ? { kind: 'doubts', reasons: doubts } : { kind: 'fit' };
}

/** Each of these has a message of her own, so that whoever else is at the inbox would cause a second one. */
function sharedBy({ household }: ReportRow): Reason[] {
	if (!household) return [];
	const { clientIds } = household;
	return [{ kind: 'shares-address', clientIds, otherName: '', isOtherInvited: false }];
}

/** That she was invited before the message was queued was known when it was confirmed. */
export function withoutInvited(row: ReportRow, { queuedAt }: Message): ReportRow {
	const isKnown = (reason: Reason) => reason.kind === 'already-invited' && reason.at < queuedAt;
	if (!row.reasons.some(isKnown)) return row;
	return { ...rowFields(row), reasons: row.reasons.filter((reason) => !isKnown(reason)) };
}

/** A row of the report has getters, which a spread would lose. */
function rowFields({ client, clientId, class: rowClass, inbox, household }: ReportRow): ReportRow {
	return { client, clientId, class: rowClass, reasons: [], inbox, household };
}

/** The next round of a client at an inbox: 1 for the first. */
export function nextRound(state: Snapshot, clientId: string, emailAddress: string): number {
	const rounds = nextRounds([{ clientId }], state.rows('invitations'), state.rows('messages'));
	return rounds(clientId, inboxOf(emailAddress));
}
