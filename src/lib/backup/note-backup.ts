import type { BackupRecord } from '$lib/domain/settings/safety.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { Vault } from '$lib/vault/types.ts';

/** Remembers that a backup of a revision was made. `madeAt` in epoch milliseconds. */
export async function noteBackup(
	vault: Vault,
	{ madeAt, revision }: { madeAt: number; revision: number },
): Promise<void> {
	await note(vault, 'backup made', (record) => ({
		...record,
		madeAt,
		// The commit that says so is no change.
		revision: revision + 1,
	}));
}

/** Remembers that a backup was read through and found whole. */
export async function noteVerified(vault: Vault, verifiedAt: number): Promise<void> {
	await note(vault, 'backup verified', (record) => ({
		...record,
		verifiedAt,
		revision: record.revision + 1,
	}));
}

async function note(
	vault: Vault,
	what: string,
	change: (record: BackupRecord) => BackupRecord,
): Promise<void> {
	await vault.commit(
		(now) => ({ put: { settings: [change(settingsFrom(now.rows('settings'), 'backup'))] } }),
		{ what, count: 1 },
		{ needs: ['settings'] },
	);
}
