import { presentIds } from '$lib/domain/former-ids.ts';
import { invitationHistories } from '$lib/domain/invitation-history.ts';
import type { ReportRow } from '$lib/domain/report.ts';
import { mayGo, verdictAt } from '$lib/domain/resend.ts';
import type { Snapshot } from '$lib/vault/types.ts';
import type { ConfirmedSending } from './confirmed-sending.ts';

/**
 * Those of the rows to whom no letter left since the person looked, and whose inbox had none within the
 * pause that holds for a resend, and is about to get none: in another tab somebody may have been faster. `now`: epoch milliseconds.
 */
export function withoutWrittenSince(
	rows: readonly ReportRow[],
	state: Snapshot,
	{ histories, reason = '' }: Pick<ConfirmedSending, 'histories' | 'reason'>,
	now: number,
): ReportRow[] {
	const current = invitationHistories(
		state.rows('invitations'),
		state.rows('messages'),
		presentIds(state.table('clients')),
	);
	return rows.filter(({ clientId, inbox }) => {
		const seen = histories?.get(clientId)?.letters ?? 0;
		const isRested = mayGo(verdictAt(current, inbox, now), reason);
		return isRested && (current.byClient.get(clientId)?.letters ?? 0) === seen;
	});
}
