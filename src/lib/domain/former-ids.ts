import type { Client } from './client.ts';
import { asTable, type Table } from './table.ts';

/** All ids under which a client was invited: her own, and those of the profiles merged into hers. */
export function idsOf({ id, formerIds }: Pick<Client, 'id' | 'formerIds'>): readonly string[] {
	return formerIds ? [id, ...formerIds] : [id];
}

/** The id under which each merged profile's invitations count now: former id → present id. */
export function presentIds(
	clients: readonly Client[] | Table<Client>,
): ReadonlyMap<string, string> {
	const ids = new Map<string, string>();
	for (const part of asTable(clients).parts) {
		const formers = part.column('formerIds');
		for (let index = 0; index < part.length; index++) {
			const present = formers.at(index) && part.column('id').at(index);
			if (present !== undefined)
				for (const former of formers.at(index) ?? []) ids.set(former, present);
		}
	}
	return ids;
}
