import { invite, type InviteOptions } from '$lib/domain/invite.ts';
import type { ReportRow } from '$lib/domain/report.ts';

/** What `invite` makes, row by row. */
export function invitedRows(rows: readonly ReportRow[], options: InviteOptions) {
	const { invitations, messages, skipped } = invite(rows, options);
	return { invitations: invitations.rows, messages: messages.rows, skipped };
}
