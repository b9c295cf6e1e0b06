import { buildReport } from '$lib/domain/report.ts';
import type { Vault } from '$lib/vault/types.ts';

/** How many clients could be invited and never were: of one import, and of all. */
export interface NotInvited {
	ofImport: number;
	all: number;
}

export async function countNotInvited(
	vault: Vault,
	importId: string,
	now: number,
): Promise<NotInvited> {
	const state = await vault.load('clients', 'contacts', 'invitations', 'messages');
	const report = buildReport({
		clients: state.rows('clients'),
		contacts: state.rows('contacts'),
		invitations: state.rows('invitations'),
		messages: state.rows('messages'),
		now,
	});
	const counts = { ofImport: 0, all: 0 };
	for (const row of report.rows) {
		if (row.class === 'left-out') continue;
		counts.all += 1;
		if (row.client.importId === importId) counts.ofImport += 1;
	}
	return counts;
}
