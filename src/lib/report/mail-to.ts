import { fullName } from '$lib/domain/client.ts';
import type { Household } from '$lib/domain/household.ts';
import type { ReportRow } from '$lib/domain/report.ts';
import { leadOf, type MessageRows, writtenTo } from '$lib/domain/written-to.ts';

/** Whom the mail of each household addresses, by name, of those who are checked; nobody there, no entry. */
export function householdLeads(checked: readonly ReportRow[]): ReadonlyMap<Household, string> {
	const sharing = new Map<Household, MessageRows>();
	for (const row of checked) {
		const { household } = row;
		if (!household) continue;
		const others = sharing.get(household);
		if (others) others.push(row);
		else sharing.set(household, [row]);
	}
	const leads = new Map<Household, string>();
	for (const [household, rows] of sharing) {
		const client = writtenTo(leadOf(rows));
		leads.set(household, fullName(client) || client.preferredName);
	}
	return leads;
}
