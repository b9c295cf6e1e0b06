import type { BackupRecord } from '$lib/domain/settings/safety.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import { VaultProblem } from '$lib/vault/problems.ts';
import type { Vault } from '$lib/vault/types.ts';

/**
 * Remembers that a backup of a revision was made. `madeAt` in epoch milliseconds. False where the disk had
 * no room left to note it: a full disk is when a backup is wanted most, and it was made all the same.
 */
export async function noteBackup(
	vault: Vault,
	{ madeAt, revision }: { madeAt: number; revision: number },
): Promise<boolean> {
	return note(vault, 'backup made', (record) => ({
		...record,
		madeAt,
		// The commit that says so is no change.
		revision: revision + 1,
	}));
}

/** Remembers that a backup was read through and found whole. False as above. */
export async function noteVerified(vault: Vault, verifiedAt: number): Promise<boolean> {
	return note(vault, 'backup verified', (record) => ({
		...record,
		verifiedAt,
		revision: record.revision + 1,
	}));
}

async function note(
	vault: Vault,
	what: string,
	change: (record: BackupRecord) => BackupRecord,
): Promise<boolean> {
	try {
		await vault.commit(
			(now) => ({ put: { settings: [change(settingsFrom(now.rows('settings'), 'backup'))] } }),
			{ what, count: 1 },
			{ needs: ['settings'] },
		);
		return true;
	} catch (error) {
		if (error instanceof VaultProblem && error.kind === 'storage-full') return false;
		throw error;
	}
}
