import { fullName, greetingName } from '$lib/domain/client.ts';
import { normaliseEmailAddress } from '$lib/domain/email-address.ts';
import { type FrozenLetters, frozenLetters } from '$lib/domain/frozen-letters.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import { emptyFields, fieldValues } from '$lib/domain/merge-fields.ts';
import type { Message } from '$lib/domain/message.ts';
import { withEvent } from '$lib/domain/message-event.ts';
import { addressee, otherUserAt } from '$lib/domain/portal-user.ts';
import { professionalFinder, type ProfessionalOf } from '$lib/domain/professional.ts';
import type { ReportRow } from '$lib/domain/report.ts';
import type { Reason, ReasonKind } from '$lib/domain/report-reasons.ts';
import { type Blocker, whatBlocksSending } from '$lib/domain/sending-blockers.ts';
import { type PracticeSettings, settingsFrom } from '$lib/domain/settings.ts';
import { isWelcomeLink } from '$lib/domain/welcome-link.ts';
import { wordingFrom } from '$lib/domain/wording.ts';
import { writtenTo } from '$lib/domain/written-to.ts';
import { presentClient } from '$lib/vault/present-client.ts';
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
	await vault.commit(
		(state) => {
			const settings = state.rows('settings');
			const practice = settingsFrom(settings, 'practice');
			const { language } = settingsFrom(settings, 'invitation');
			const template = wordingFrom(state.rows('templates'), language);
			const relay = settingsFrom(settings, 'relay');
			const door = settingsFrom(settings, 'portal-door');
			const blockers = whatBlocksSending({ practice, relay, template, door }).filter(
				({ kind }) => kind !== 'no-relay',
			);
			result = { rendered: 0, kept: [], blockers };
			if (blockers.length > 0) return undefined;
			const professionals = state.rows('professionals');
			const letters = frozenLetters(template, practice, professionals, { newId, now: now() });
			const professionalOf = professionalFinder(professionals);
			const kept: NotRendered[] = [];
			const messages: Message[] = [];
			const invitations: Invitation[] = [];
			const asked = messageIds
				.flatMap((id) => state.get('messages', id) ?? [])
				.filter((message) => canRender(message));
			const carried = carriedBy(state, asked);
			const rows = rowsOf(state, asked, carried, now());
			const rendering = {
				state,
				letters,
				professionalOf,
				practice,
				despite,
				rows,
				now: now(),
			};
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
			return { put: { letters: letters.of(messages), messages, invitations } };
		},
		{ what: 'messages rendered anew', count: messageIds.length },
		{
			needs: [...nearby, 'letters', 'templates', 'settings', 'professionals', 'portalUsers'],
			isStrict: true,
		},
	);
	return result;
}

/** Waits, and was never tried. */
export function canRender({ state, attempts, maybeSentAt }: Message): boolean {
	return (state === 'queued' || state === 'held') && attempts === 0 && maybeSentAt === 0;
}

interface Rendering {
	state: Snapshot;
	letters: FrozenLetters;
	professionalOf: ProfessionalOf;
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
		.flatMap(({ clientId }) => presentClient(state, clientId) ?? []);
	const putAway = new Set(messages.map(({ id }) => id));
	const rows = reportNear(state, clients, putAway, now);
	return new Map(rows.map((row) => [row.client.id, row]));
}

function rendered(
	message: Message,
	carried: readonly Invitation[],
	{ state, letters, professionalOf, practice, despite, rows, now }: Rendering,
): { message: Message; invitations: Invitation[] } | { reasons: readonly Reason[] } {
	const clients = carried.flatMap(({ clientId }) => presentClient(state, clientId) ?? []);
	const own = carried.find(({ id }) => id === message.invitationId);
	const known = presentClient(state, message.clientId);
	const together = clients.flatMap(({ id }) => rows.get(id) ?? []);
	const row = known && rows.get(known.id);
	if (!own || !known || !row || !isOneInbox(together)) return { reasons: [] };
	// Whose guardian is gone is not written to in the guardian's place.
	if (own.contactId !== undefined && !row.addressee) return { reasons: row.reasons };
	// A guardian is still written to as such, whatever became of the client's own address.
	const user = otherUserAt(known, message.toAddress, state.rows('portalUsers'));
	const client = user ? addressee(known, user.name, user.emailAddress) : writtenTo(row);
	const note = state.get('letters', message.letterId)?.note;
	const letter = letters.for(client, note);
	const standing = standingOf(together, [...message.despite, ...despite]);
	const isMoved =
		normaliseEmailAddress(client.emailAddress) !== normaliseEmailAddress(message.toAddress);
	// A doubt about an address that was confirmed was overridden then.
	if (standing.kind === 'left-out' || (standing.kind === 'doubts' && isMoved))
		return { reasons: standing.reasons };
	const link = signedLinkOf(state, message);
	const fields = fieldValues(letter.fieldNames, {
		client,
		practice,
		invitation: own,
		link,
		professionalOf,
		language: letter.language,
	});
	if (emptyFields(letter.fieldNames, fields).length > 0) return { reasons: [] };
	const emailAddress = client.emailAddress.trim();
	const contactIdOf = ({ clientId }: Invitation) =>
		user ? undefined : rows.get(presentClient(state, clientId)?.id ?? '')?.addressee?.contactId;
	const invitations = carried
		.filter((invitation) => isMoved || invitation.contactId !== contactIdOf(invitation))
		.map((invitation) => {
			const { contactId: _former, ...others } = invitation;
			const contactId = contactIdOf(invitation);
			const about = contactId === undefined ? others : { ...others, contactId };
			if (!isMoved) return about;
			const round = nextRound(state, invitation.clientId, emailAddress);
			return { ...about, emailAddress, round };
		});
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

/** A signed link stays as it was frozen; undefined where the message has none. */
function signedLinkOf(state: Snapshot, message: Message): string | undefined {
	const names = state.get('letters', message.letterId)?.fieldNames ?? [];
	const link = message.fields[names.indexOf('invitation link')] ?? '';
	return isWelcomeLink(link) ? link : undefined;
}

function isOneInbox(rows: readonly ReportRow[]): boolean {
	return new Set(rows.map(({ inbox }) => inbox)).size === 1;
}
