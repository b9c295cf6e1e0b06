import type { Client } from '$lib/domain/client.ts';
import { presentIds } from '$lib/domain/former-ids.ts';
import type { Table } from '$lib/domain/table.ts';
import type { Snapshot } from './types.ts';

const presentIn = new WeakMap<Table<Client>, ReadonlyMap<string, string>>();

/** The client whom an id names, or whose profile that one was merged into; undefined for one who is gone. */
export function presentClient(state: Snapshot, id: string): Client | undefined {
	const client = state.get('clients', id);
	if (client) return client;
	const clients = state.table('clients');
	let present = presentIn.get(clients);
	if (!present) {
		// Read once as long as no client changes, however many messages of former profiles leave.
		present = presentIds(clients);
		presentIn.set(clients, present);
	}
	const presentId = present.get(id);
	return presentId === undefined ? undefined : state.get('clients', presentId);
}
