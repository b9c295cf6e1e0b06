import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import type { ImportCounts } from '$lib/domain/import.ts';
import { importFile, type Imported, type ImportOptions } from '$lib/imports/import-file.ts';
import { inspectFile } from '$lib/imports/inspect-file.ts';
import type { FileMapping, MappingChoices } from '$lib/imports/mapping.ts';
import type { Vault } from '$lib/vault/types.ts';
import { someInvitation } from './some-client.ts';

/** How Portico takes a file. */
export async function mappingOf(file: File, choices: MappingChoices = {}): Promise<FileMapping> {
	const inspected = await inspectFile(file, choices);
	if (inspected.kind === 'refused') throw new Error(inspected.problem.message);
	return inspected.inspection.mapping;
}

/** Imports a file as the app does; throws when it is refused. */
export async function takeIn(
	vault: Vault,
	file: File,
	options: ImportOptions = {},
): Promise<Imported> {
	const result = await importFile(vault, file, await mappingOf(file), options);
	if (result.kind !== 'imported') throw new Error(JSON.stringify(result));
	return result;
}

export const clientsIn = async (vault: Vault): Promise<readonly Client[]> =>
	(await vault.load('clients')).rows('clients');

export const contactsIn = async (vault: Vault): Promise<readonly Contact[]> =>
	(await vault.load('contacts')).rows('contacts');

/** What a file's rows came to, all kinds together. */
export const sumOf = (counts: ImportCounts): number =>
	counts.created + counts.updated + counts.unchanged + counts.skipped + counts.rejected;

/** Edits every client by hand. */
export async function editAll(vault: Vault, change: (client: Client) => Client): Promise<void> {
	await vault.commit(
		(now) => ({ put: { clients: now.rows('clients').map(change) } }),
		{ what: 'edit', count: 1 },
		{ needs: ['clients'] },
	);
}

/** Edits the client of this first name by hand. */
export async function edit(vault: Vault, firstName: string, changes: Partial<Client>) {
	await vault.commit(
		(now) => {
			const clients = now.rows('clients').filter((client) => client.firstName === firstName);
			return { put: { clients: clients.map((client) => ({ ...client, ...changes })) } };
		},
		{ what: 'client edited', count: 1 },
		{ needs: ['clients'] },
	);
}

/** Invites the client of this first name; right now, unless `invitedAt` says otherwise. */
export async function invite(vault: Vault, firstName: string, invitedAt = Date.now() + 1) {
	await vault.commit(
		(now) => {
			const client = now.rows('clients').find((client) => client.firstName === firstName);
			const invitation = someInvitation(`i-${firstName}`, {
				clientId: client?.id ?? '',
				invitedAt,
			});
			return { put: { invitations: [invitation] } };
		},
		{ what: 'invitations queued', count: 1 },
		{ needs: ['clients', 'invitations'] },
	);
}
