import { defaultTemplate, freezeLetter } from '$lib/domain/compose.ts';
import { invitationStandings } from '$lib/domain/invitation-standing.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import { invite } from '$lib/domain/invite.ts';
import type { Message } from '$lib/domain/message.ts';
import { RowIds } from '$lib/domain/row-ids.ts';
import type { ReportRow } from '$lib/domain/report.ts';
import { drawCodes } from '$lib/invitations/random-codes.ts';
import { expiryDays, practice, undoWindowMs } from './way.ts';

/** As long as each other, so that each sorts behind the one before: IndexedDB writes those fastest. */
class GrowingIds extends RowIds {
	override count(): number {
		return 36 ** 5 + super.count();
	}
}

/** The rows of a batch, made by the same rules as Portico makes them. */
export function inviteRows(
	rows: readonly ReportRow[],
	invitations: readonly Invitation[],
	messages: readonly Message[],
) {
	const now = Date.now();
	const batch = invite(rows, {
		letter: freezeLetter(defaultTemplate, practice, 'letter', now),
		practice,
		now,
		undoWindowMs,
		expiryDays,
		ids: new GrowingIds('row-'),
		newCodes: drawCodes,
		standings: invitationStandings(invitations, messages),
		invitations,
		formerMessages: messages,
	});
	return { invitations: batch.invitations.rows, messages: batch.messages.rows };
}
