import type { CollectionName, Collections } from '$lib/domain/collections.ts';
import { defaultSettings } from '$lib/domain/settings.ts';
import { collectionNames } from '$lib/backup/format/contents.ts';
import { newPassphraseKey } from '$lib/backup/format/passphrase-key.ts';
import type { BackupPorts } from '$lib/backup/format/ports.ts';
import { openBackup } from '$lib/backup/read-backup.ts';
import { type RestoreOptions, restoreBackup } from '$lib/backup/restore/restore-backup.ts';
import { writeBackup } from '$lib/backup/write-backup.ts';
import type { Changes, Vault } from '$lib/vault/types.ts';
import { aClient } from './clients.ts';
import { aClientFor, aLetter, aMessage, anInvitationFor } from './messages.ts';

export const passphrase = 'seven quiet lamps over the harbour';

/** A single round of the passphrase's function: tests of hundreds of files would take hours. */
export const quickPorts: BackupPorts = {
	crypto: globalThis.crypto,
	now: () => Date.UTC(2026, 4, 4, 9),
	fewestIterations: 1,
	appVersion: 'test',
};

/** The file that a backup of this vault makes. */
export async function backUp(vault: Vault, ports = quickPorts, word = passphrase): Promise<Blob> {
	const pieces: Uint8Array<ArrayBuffer>[] = [];
	const sink = { write: async (piece: Uint8Array<ArrayBuffer>) => void pieces.push(piece) };
	await writeBackup(vault, await newPassphraseKey(ports, word), sink, ports);
	return new Blob(pieces);
}

export async function restore(
	vault: Vault,
	file: Blob,
	options: Partial<RestoreOptions> = {},
	ports = quickPorts,
) {
	const backup = await openBackup(file, passphrase, ports);
	const asked: RestoreOptions = { mode: 'replace', choose: () => 'here', ...options };
	const result = await restoreBackup(vault, backup, ports, asked);
	if (result.kind !== 'restored') throw new Error(result.kind);
	await vault.load(...collectionNames);
	return result.restored;
}

/** Everything that a vault keeps, but for its journal and what it knows of its own backups. */
export async function contentsOf(vault: Vault) {
	const now = await vault.load(...collectionNames);
	const contents: { [N in CollectionName]?: Record<string, Collections[N]> } = {};
	for (const name of collectionNames) {
		if (name === 'journal') continue;
		const rows: readonly Collections[CollectionName][] = now.rows(name);
		const kept = rows.filter(({ id }) => id !== 'backup' && id !== 'auto-backup');
		Object.assign(contents, { [name]: Object.fromEntries(kept.map((row) => [row.id, row])) });
	}
	return contents;
}

export const put = (vault: Vault, changes: Changes, what = 'change') =>
	vault.commit(() => changes, { what, count: 1, canUndo: true }, { needs: collectionNames });

/** A practice with something in every collection, and messages in every state. */
export async function furnishPractice(vault: Vault, clientCount = 20): Promise<void> {
	const states = [
		'queued',
		'sending',
		'sent',
		'failed',
		'unconfirmed',
		'held',
		'cancelled',
	] as const;
	const messages = states.map((state, at) =>
		aMessage({
			id: `m${at}`,
			state,
			queuedAt: 1_000 + at,
			heldFor: state === 'held' ? 'paused' : '',
		}),
	);
	const clients = Array.from({ length: clientCount }, (_, at) =>
		aClient({ id: `p${at}`, firstName: 'Wren', lastName: `Ferreira ${at}`, phone: `555 01${at}` }),
	);
	await put(vault, {
		put: {
			clients: [...messages.map(aClientFor), ...clients],
			invitations: messages.map(anInvitationFor),
			messages,
			letters: [aLetter],
			contacts: [
				{
					...{ id: 'k', clientId: 'p0', name: 'Noor Ferreira', emailAddress: 'noor@example.com' },
					...{ phone: '', relationship: 'guardian', importId: '' },
				},
			],
			professionals: [
				{
					id: 'd',
					name: 'Dana Reyes',
					credentials: 'LCSW',
					replyTo: '',
					isActive: true,
					addedAt: 1,
				},
			],
			templates: [{ id: 't', subject: 'Welcome', body: 'Dear {client first name}', changedAt: 1 }],
			clientChanges: [{ id: 'n1', at: 5, what: 'edited', clientIds: ['p0'], fields: ['phone'] }],
			settings: [
				{ ...defaultSettings.practice, practiceName: 'Harbor Practice' },
				{ id: 'secrets', messageKeySecret: '5ec2e7'.repeat(10) },
			],
		},
	});
}
