import { fullName, greetingName, type Client } from '$lib/domain/client.ts';
import { defaultTemplate, freezeLetter } from '$lib/domain/compose.ts';
import { normaliseEmailAddress } from '$lib/domain/email-address.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import { emptyFields, fieldValues } from '$lib/domain/merge-fields.ts';
import type { Letter, Message } from '$lib/domain/message.ts';
import { withEvent } from '$lib/domain/message-event.ts';
import type { ReportRow } from '$lib/domain/report.ts';
import type { Reason, ReasonKind } from '$lib/domain/report-reasons.ts';
import { type Blocker, whatBlocksSending } from '$lib/domain/sending-blockers.ts';
import { type PracticeSettings, settingsFrom } from '$lib/domain/settings.ts';
import type { Snapshot, Vault } from '$lib/vault/types.ts';
import { nearby, nextRound, reportNear, standingOf } from './report-near.ts';

/** A message that was left as it was, and why; without reasons: its clients no longer share an inbox, or a field is empty. */
export interface NotRendered {
	messageId: string;
	reasons: readonly Reason[];
}

export interface RenderedAnew {
	rendered: number;
	/** They keep what was confirmed. */
	kept: readonly NotRendered[];
	/** Why nothing can be rendered at all: the template or the practice's own details. */
	blockers: readonly Blocker[];
}

/**
 * Renders queued messages anew, because the person asks: today's template, practice and client
 * instead of what was confirmed. One commit. What was tried before stays as it was: its key must
 * carry the same bytes. Throws VaultProblem.
 */
export async function renderAnew(
	vault: Vault,
	messageIds: readonly string[],
	despite: readonly ReasonKind[] = [],
	{ now, newId } = { now: Date.now, newId: () => crypto.randomUUID() as string },
): Promise<RenderedAnew> {
	let result: RenderedAnew = { rendered: 0, kept: [], blockers: [] };
	const letterId = newId();
	await vault.commit(
		(state) => {
			const settings = state.rows('settings');
			const practice = settingsFrom(settings, 'practice');
			const template = state.get('templates', defaultTemplate.id) ?? defaultTemplate;
			const relay = settingsFrom(settings, 'relay');
			const blockers = whatBlocksSending({ practice, relay, template }).filter(
				({ kind }) => kind !== 'no-relay',
			);
			result = { rendered: 0, kept: [], blockers };
			if (blockers.length > 0) return undefined;
			const letter = freezeLetter(template, practice, letterId, now());
			const kept: NotRendered[] = [];
			const messages: Message[] = [];
			const invitations: Invitation[] = [];
			const asked = messageIds
				.flatMap((id) => state.get('messages', id) ?? [])
				.filter((message) => canRender(message));
			const carried = carriedBy(state, asked);
			const rows = rowsOf(state, asked, carried, now());
			const rendering = { state, letter, practice, despite, rows, now: now() };
			for (const message of asked) {
				const anew = rendered(message, carried.get(message.id) ?? [], rendering);
				if ('reasons' in anew) kept.push({ messageId: message.id, reasons: anew.reasons });
				else {
					messages.push(anew.message);
					invitations.push(...anew.invitations);
				}
			}
			result = { rendered: messages.length, kept, blockers };
			if (messages.length === 0) return undefined;
			return { put: { letters: [letter], messages, invitations } };
		},
		{ what: 'messages rendered anew', count: messageIds.length },
		{ needs: [...nearby, 'letters', 'templates', 'settings'], isStrict: true },
	);
	return result;
}

/** Waits, and was never tried. */
export function canRender({ state, attempts, maybeSentAt }: Message): boolean {
	return (state === 'queued' || state === 'held') && attempts === 0 && maybeSentAt === 0;
}

interface Rendering {
	state: Snapshot;
	letter: Letter;
	practice: PracticeSettings;
	despite: readonly ReasonKind[];
	/** What the report would say of each client if none of them had been queued. */
	rows: ReadonlyMap<string, ReportRow>;
	now: number;
}

function carriedBy(state: Snapshot, messages: readonly Message[]): Map<string, Invitation[]> {
	const carried = new Map<string, Invitation[]>(messages.map(({ id }) => [id, []]));
	for (const invitation of state.rows('invitations'))
		carried.get(invitation.messageId)?.push(invitation);
	return carried;
}

/** One report for all of them: thousands may be asked for at once. */
function rowsOf(
	state: Snapshot,
	messages: readonly Message[],
	carried: ReadonlyMap<string, readonly Invitation[]>,
	now: number,
): Map<string, ReportRow> {
	const clients = [...carried.values()]
		.flat()
		.flatMap(({ clientId }) => state.get('clients', clientId) ?? []);
	const putAway = new Set(messages.map(({ id }) => id));
	const rows = reportNear(state, clients, putAway, now);
	return new Map(rows.map((row) => [row.client.id, row]));
}

function rendered(
	message: Message,
	carried: readonly Invitation[],
	{ state, letter, practice, despite, rows, now }: Rendering,
): { message: Message; invitations: Invitation[] } | { reasons: readonly Reason[] } {
	const clients = carried.flatMap(({ clientId }) => state.get('clients', clientId) ?? []);
	const own = carried.find(({ id }) => id === message.invitationId);
	const client = state.get('clients', message.clientId);
	if (!own || !client || !isOneInbox(clients)) return { reasons: [] };
	const together = clients.flatMap(({ id }) => rows.get(id) ?? []);
	const standing = standingOf(together, [...message.despite, ...despite]);
	const isMoved =
		normaliseEmailAddress(client.emailAddress) !== normaliseEmailAddress(message.toAddress);
	// A doubt about an address that was confirmed was overridden then.
	if (standing.kind === 'left-out' || (standing.kind === 'doubts' && isMoved))
		return { reasons: standing.reasons };
	const fields = fieldValues(letter.fieldNames, { client, practice, invitation: own });
	if (emptyFields(letter.fieldNames, fields).length > 0) return { reasons: [] };
	const emailAddress = client.emailAddress.trim();
	const invitations = isMoved
		? carried.map((invitation) => ({
				...invitation,
				emailAddress,
				round: nextRound(state, invitation.clientId, emailAddress),
			}))
		: [];
	const round = invitations.find(({ id }) => id === own.id)?.round ?? message.round;
	const anew = withEvent(message, 'rendered-anew', now, '', {
		letterId: letter.id,
		toName: fullName(client) || greetingName(client),
		toAddress: emailAddress,
		round,
		fields,
		despite: [...new Set([...message.despite, ...despite])],
	});
	return { message: anew, invitations };
}

function isOneInbox(clients: readonly Client[]): boolean {
	return new Set(clients.map(({ emailAddress }) => normaliseEmailAddress(emailAddress))).size === 1;
}
