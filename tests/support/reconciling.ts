import type { Client } from '$lib/domain/client.ts';
import type { PortalCounts } from '$lib/domain/import.ts';
import type { MappingChoices } from '$lib/imports/mapping.ts';
import { marksInWords } from '$lib/imports/portal-words.ts';
import {
	reconcileFile,
	type PlannedUpdate,
	type ReconcileOptions,
} from '$lib/imports/reconcile-file.ts';
import { RowColumnsReader, type RowColumns } from '$lib/imports/reconcile-lists.ts';
import type { Reconciled } from '$lib/imports/reconcile-rows.ts';
import { updatePortalStatus } from '$lib/imports/reconcile.ts';
import type { Vault } from '$lib/vault/types.ts';
import { expect } from 'vitest';
import { textFile } from './fixture-file.ts';
import { openTestVault } from './open-test-vault.ts';
import { someClient } from './some-client.ts';
import { mappingOf } from './taking-in.ts';

export const maya = (about: Partial<Client> = {}) =>
	someClient('maya', { firstName: 'Maya', lastName: 'Okafor', externalId: '7', ...about });

export const noah = (about: Partial<Client> = {}) =>
	someClient('noah', {
		firstName: 'Noah',
		lastName: 'Reyes',
		emailAddress: 'noah@example.com',
		dateOfBirth: '1990-02-01',
		...about,
	});

/** A vault with these clients and nothing else. */
export async function vaultWith(...clients: Client[]): Promise<Vault> {
	const vault = await openTestVault();
	await vault.commit(
		() => ({ put: { clients } }),
		{ what: 'client added', count: clients.length },
		{ needs: ['clients'] },
	);
	return vault;
}

export const clientsIn = async (vault: Vault) => (await vault.load('clients')).rows('clients');

const sumOf = ({ rows: _, ...kinds }: PortalCounts) =>
	Object.values(kinds).reduce((sum, count) => sum + count, 0);

export const namesIn = (columns: RowColumns) => {
	const reader = new RowColumnsReader(columns);
	return Array.from({ length: columns.count }, (_, at) => reader.row(at).name);
};

export const wordsIn = (columns: RowColumns) => {
	const reader = new RowColumnsReader(columns);
	return Array.from({ length: columns.count }, (_, at) => reader.row(at).words);
};

export const changesIn = ({ changes, marks }: Reconciled) =>
	Object.fromEntries(namesIn(changes).map((name, at) => [name, marksInWords(marks[at] ?? 0)]));

/** What this file would change, planned and not applied. */
export async function look(
	vault: Vault,
	text: string,
	choices: MappingChoices = {},
	options: ReconcileOptions = {},
) {
	const file = textFile(text, 'portal.csv');
	let planned: PlannedUpdate | undefined;
	const result = await reconcileFile(vault, file, await mappingOf(file, choices), {
		...options,
		planned: (update) => (planned = update),
	});
	if (result.kind !== 'reconciled' || !planned) throw new Error(JSON.stringify(result));
	expect(sumOf(result.counts)).toBe(result.counts.rows);
	return { result, planned };
}

/** Plans what the file says and applies it, but for the rows `leftOut`. */
export async function update(vault: Vault, text: string, leftOut: readonly number[] = []) {
	const { planned } = await look(vault, text);
	const updated = await updatePortalStatus(vault, planned, new Set(leftOut));
	if (updated.kind === 'updated') expect(sumOf(updated.counts)).toBe(updated.counts.rows);
	return updated;
}
