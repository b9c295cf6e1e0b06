import type { Manifest } from './format/contents.ts';
import type { BackupPorts } from './format/ports.ts';
import { openBackup } from './read-backup.ts';
import type { WriteOptions } from './write-backup.ts';

export interface VerifiedBackup {
	manifest: Manifest;
	/** Bytes. */
	size: number;
}

/** Opens a backup and reads every row of it; nothing is restored. Throws BackupProblem. */
export async function verifyBackup(
	file: Blob,
	passphrase: string,
	ports: BackupPorts,
	{ onProgress, signal }: WriteOptions = {},
): Promise<VerifiedBackup> {
	const backup = await openBackup(file, passphrase, ports);
	const { manifest, size } = backup;
	const all = Object.values(manifest.counts).reduce((sum, count) => sum + count, 0);
	let done = 0;
	for await (const { rows } of backup.readRows(signal)) {
		done += rows.length;
		onProgress?.(done, all);
	}
	return { manifest, size };
}
