import { writeBackup } from '$lib/backup/write-backup.ts';
import { newPassphraseKey } from '$lib/backup/format/passphrase-key.ts';
import { browserPorts as backupPorts } from '$lib/backup/format/ports.ts';
import type { CollectionName } from '$lib/domain/collections.ts';
import { browserPorts } from '$lib/vault/database.ts';
import { KeyDesk } from '$lib/vault/key-desk.ts';
import { KeyHolder } from '$lib/vault/key-holder.ts';
import type { Vault } from '$lib/vault/types.ts';
import { openVault } from '$lib/vault/vault.ts';
import { unsealedCrypto } from './unsealed.ts';

export type Sealing = 'sealed' | 'unsealed';

const names = { sealed: 'portico', unsealed: 'portico-unsealed' } as const;
const kept: readonly CollectionName[] = ['clients', 'contacts', 'settings', 'imports'];
const passphrase = { kind: 'passphrase', text: 'copper lantern under seven willows' } as const;

const portsOf = (sealing: Sealing) =>
	sealing === 'sealed' ? browserPorts() : { ...browserPorts(), crypto: unsealedCrypto() };

let holder: KeyHolder | undefined;
const heldBy = () => (holder ??= new KeyHolder(names.sealed, browserPorts()));
let vault: Vault | undefined;

/** The same rows once more, without sealing. */
export async function copyUnsealed(): Promise<void> {
	const from = await openVault(names.sealed, portsOf('sealed'));
	const to = await openVault(names.unsealed, portsOf('unsealed'));
	const staging = to.stage();
	const now = await from.load(...kept);
	for (const name of kept) await staging.add(name, now.rows(name));
	await staging.commit(() => ({}), { what: 'copied', count: 1 }, { needs: [] });
	from.close();
	to.close();
}

/** From a closed database until all clients can be read. */
export async function openAll(sealing: Sealing): Promise<{ ms: number; checksum: string }> {
	const startedAt = performance.now();
	vault = await openVault(
		names[sealing],
		portsOf(sealing),
		sealing === 'sealed' ? heldBy() : undefined,
	);
	const clients = (await vault.load(...kept)).table('clients');
	return { ms: performance.now() - startedAt, checksum: String(clients.length) };
}

/** Everything into a file that nobody keeps; the passphrase's own cost is not in it. */
export async function backUpAll(sealing: Sealing): Promise<{ ms: number; checksum: string }> {
	if (!vault) throw new Error('Opening comes first');
	const ports = backupPorts('bench');
	const key = await newPassphraseKey(ports, passphrase.text);
	let bytes = 0;
	const sink = {
		write: (piece: Uint8Array) => {
			bytes += piece.byteLength;
			return Promise.resolve();
		},
	};
	const crypto = sealing === 'sealed' ? ports.crypto : unsealedCrypto();
	const startedAt = performance.now();
	const { counts } = await writeBackup(vault, key, sink, { ...ports, crypto });
	if (bytes === 0) throw new Error('Nothing was written');
	return { ms: performance.now() - startedAt, checksum: String(counts.clients) };
}

/** Sets the first passphrase: everything is sealed anew. */
export async function protectAll(): Promise<number> {
	const startedAt = performance.now();
	await new KeyDesk(names.sealed, browserPorts(), heldBy()).protect(passphrase.text);
	return performance.now() - startedAt;
}

/** From the passphrase until the key is open, on a page that has just started. */
export async function unlockAll(): Promise<number> {
	const startedAt = performance.now();
	const { kind } = await new KeyDesk(names.sealed, browserPorts(), heldBy()).unlock(passphrase);
	if (kind !== 'unlocked') throw new Error(`Unlocking was ${kind}`);
	return performance.now() - startedAt;
}
