import type { Client } from '$lib/domain/client.ts';
import type { IdPair } from '$lib/domain/likely-duplicates.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { Table } from '$lib/domain/table.ts';
import type { Vault } from '$lib/vault/types.ts';

/** 'Not the same person': these two are not listed as likely duplicates again. Throws VaultProblem. */
export async function tellApart(vault: Vault, pair: IdPair): Promise<void> {
	await change(vault, (pairs) => [...pairs.filter((one) => !isSame(one, pair)), pair]);
}

/** Lists them again. Throws VaultProblem. */
export async function listAgain(vault: Vault, pair: IdPair): Promise<void> {
	await change(vault, (pairs) => pairs.filter((one) => !isSame(one, pair)));
}

async function change(
	vault: Vault,
	changed: (pairs: readonly IdPair[]) => readonly IdPair[],
): Promise<void> {
	await vault.commit(
		(state) => {
			const toldApart = settingsFrom(state.rows('settings'), 'told-apart');
			return { put: { settings: [{ ...toldApart, pairs: changed(toldApart.pairs) }] } };
		},
		{ what: 'likely duplicates told apart', count: 1 },
		{ needs: ['settings'] },
	);
}

function isSame(one: IdPair, other: IdPair): boolean {
	return one.every((id) => other.includes(id));
}

/** Where the clients with these ids stand; who is gone is missing. */
export function placesOf(
	clients: Table<Client>,
	ids: ReadonlySet<string>,
): ReadonlyMap<string, number> {
	const column = clients.column('id');
	const places = new Map<string, number>();
	for (let at = 0; at < clients.length; at++)
		if (ids.has(column.at(at))) places.set(column.at(at), at);
	return places;
}
