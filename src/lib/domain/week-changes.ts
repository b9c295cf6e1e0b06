import type { ClientChange } from './client-change.ts';
import type { JournalEntry } from './journal.ts';
import type { PortalUser } from './portal-user.ts';
import type { Table } from './table.ts';

/** What the last seven days brought; each a number of clients, but for `refused`: messages. */
export interface WeekChanges {
	/** The first of the seven days, at midnight on the device's calendar; epoch milliseconds. */
	since: number;
	added: number;
	/** Deleted, or turned into contacts. */
	removed: number;
	/** For the first time. */
	invited: number;
	/** Those who came with a file that said so already are not news. */
	joined: number;
	refused: number;
	bounced: number;
	doNotEmail: number;
}

/** Midnight six days before `now`: today is the seventh day. */
export function startOfWeek(now: number): number {
	const date = new Date(now);
	return new Date(date.getFullYear(), date.getMonth(), date.getDate() - 6).getTime();
}

const removals: ReadonlySet<string> = new Set(['clients deleted', 'clients converted to contacts']);

/** Clients who went away and did not come back by an undo: nothing but the journal knows of them. */
export function removedSince(journal: Table<JournalEntry>, since: number): number {
	let count = 0;
	const times = journal.column('at');
	for (let index = journal.length - 1; index >= 0 && times.at(index) >= since; index--) {
		const entry = journal.row(index);
		if (removals.has(entry.what) && entry.canUndo) count += entry.count;
	}
	return count;
}

/** Clients whose `field` somebody edited since then. */
export function editedSince(
	changes: Table<ClientChange>,
	field: string,
	since: number,
): ReadonlySet<string> {
	const ids = new Set<string>();
	const times = changes.column('at');
	for (let index = changes.length - 1; index >= 0; index--) {
		if (times.at(index) < since) continue;
		const { fields, clientIds } = changes.row(index);
		if (fields.includes(field)) for (const id of clientIds) ids.add(id);
	}
	return ids;
}

/** When each client was marked as joined or bounced, as her own portal user; 0: never. */
export function ownMarks(
	users: Table<PortalUser>,
): ReadonlyMap<string, Pick<PortalUser, 'joinedAt' | 'bouncedAt'>> {
	const marks = new Map<string, Pick<PortalUser, 'joinedAt' | 'bouncedAt'>>();
	for (const part of users.parts) {
		const ids = part.column('id');
		const clientIds = part.column('clientId');
		const joins = part.column('joinedAt');
		const bounces = part.column('bouncedAt');
		for (let index = 0; index < part.length; index++)
			if (ids.at(index) === clientIds.at(index))
				marks.set(ids.at(index), { joinedAt: joins.at(index), bouncedAt: bounces.at(index) });
	}
	return marks;
}
