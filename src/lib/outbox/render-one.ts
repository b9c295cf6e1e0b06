import { fullName, greetingName } from '$lib/domain/client.ts';
import { normaliseEmailAddress } from '$lib/domain/email-address.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import { emptyFields, fieldValues } from '$lib/domain/merge-fields.ts';
import type { Message } from '$lib/domain/message.ts';
import { withEvent } from '$lib/domain/message-event.ts';
import { addressee, otherUserAt } from '$lib/domain/portal-user.ts';
import type { ProfessionalOf } from '$lib/domain/professional.ts';
import type { ReportRow } from '$lib/domain/report.ts';
import type { Reason, ReasonKind } from '$lib/domain/report-reasons.ts';
import type { PracticeSettings } from '$lib/domain/settings/practice.ts';
import { isWelcomeLink } from '$lib/domain/welcome-link.ts';
import { writtenTo } from '$lib/domain/written-to.ts';
import { presentClient } from '$lib/vault/present-client.ts';
import type { Snapshot } from '$lib/vault/types.ts';
import type { LettersOfNow } from './letters-of-now.ts';
import type { LinkToSign } from './link-signer.ts';
import { nextRound, standingOf, withoutInvited } from './report-near.ts';

/** The link that a message gets for the one that was frozen. */
export type LinkFor = (messageId: string, about: LinkToSign) => string;

export interface Rendering {
	state: Snapshot;
	letterOf: LettersOfNow;
	linkFor: LinkFor;
	professionalOf: ProfessionalOf;
	practice: PracticeSettings;
	despite: readonly ReasonKind[];
	/** What the report would say of each client if none of them had been queued. */
	rows: ReadonlyMap<string, ReportRow>;
	now: number;
}

/** One message with the text and details of now, or why it keeps those that were confirmed. */
export function rendered(
	message: Message,
	carried: readonly Invitation[],
	{ state, letterOf, linkFor, professionalOf, practice, despite, rows, now }: Rendering,
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
	const letter = letterOf.for(message, client);
	const knownRows = together.map((row) => withoutInvited(row, message));
	const standing = standingOf(knownRows, [...message.despite, ...despite]);
	const isMoved =
		normaliseEmailAddress(client.emailAddress) !== normaliseEmailAddress(message.toAddress);
	// A doubt about an address that was confirmed was overridden then.
	if (standing.kind === 'left-out' || (standing.kind === 'doubts' && isMoved))
		return { reasons: standing.reasons };
	const frozen = signedLinkOf(state, message);
	const { code, expiresAt } = own;
	const link = frozen && linkFor(message.id, { client, code, expiresAt, link: frozen });
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

/** A signed link as it was frozen; undefined where the message has none. */
function signedLinkOf(state: Snapshot, message: Message): string | undefined {
	const names = state.get('letters', message.letterId)?.fieldNames ?? [];
	const link = message.fields[names.indexOf('invitation link')] ?? '';
	return isWelcomeLink(link) ? link : undefined;
}

function isOneInbox(rows: readonly ReportRow[]): boolean {
	return new Set(rows.map(({ inbox }) => inbox)).size === 1;
}
