import { noteBackup, noteVerified } from '$lib/backup/note-backup.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import { openOn } from '../support/vaults.ts';

test('a backup that was written on a full disk is a backup, although it could not be noted', async () => {
	const { vault, context } = await openOn(new Device());
	const { revision } = vault.snapshot;
	context.writesLeft = 0;
	expect(await noteBackup(vault, { madeAt: 5, revision })).toBe(false);
	expect(await noteVerified(vault, 6)).toBe(false);
	context.writesLeft = Infinity;
	expect(await noteBackup(vault, { madeAt: 5, revision })).toBe(true);
	expect(await noteVerified(vault, 6)).toBe(true);
	const record = settingsFrom(vault.snapshot.rows('settings'), 'backup');
	expect(record).toMatchObject({ madeAt: 5, verifiedAt: 6 });
	vault.close();
});
