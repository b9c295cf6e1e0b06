import type { Client } from '$lib/domain/client.ts';
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
