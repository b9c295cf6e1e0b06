import { buildReport } from '$lib/domain/report.ts';
import { householdChoicesFrom } from '$lib/domain/household.ts';
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
	const state = await vault.load(
		'clients',
		'contacts',
		'portalUsers',
		'invitations',
		'messages',
		'settings',
	);
	const clients = state.table('clients');
	const report = buildReport({
		clients,
		contacts: state.table('contacts'),
		portalUsers: state.table('portalUsers'),
		invitations: state.rows('invitations'),
		messages: state.rows('messages'),
		households: householdChoicesFrom(state.rows('settings')),
		now,
	});
	const counts = { ofImport: 0, all: 0 };
	const importIds = clients.column('importId');
	report.rows.forEach((row, index) => {
		if (row.class === 'left-out') return;
		counts.all += 1;
		if (importIds.at(index) === importId) counts.ofImport += 1;
	});
	return counts;
}
