import { base64urlOf, bytesOfBase64url } from '$lib/domain/base64url.ts';
import { fieldTime } from '$lib/domain/date-in-words.ts';
import type { AutoBackupSettings } from '$lib/domain/settings/safety.ts';
import { defaultSettings, settingsFrom, type SettingsRow } from '$lib/domain/settings.ts';
import type { KeptFolder } from '$lib/platform/kept-folder.ts';
import type { Vault } from '$lib/vault/types.ts';
import { backupKind } from '../file-name.ts';
import { newPassphraseBits, passphraseKey, type PassphraseKey } from '../format/passphrase-key.ts';
import type { BackupPorts } from '../format/ports.ts';
import { writeBackup } from '../write-backup.ts';

export type Folder = Pick<KeptFolder, 'isOpen' | 'names' | 'openFile' | 'remove'>;

const notOpen = 'The browser asks anew whether Portico may write into the folder.';
const notWritten =
	'The folder could not be written: it may be full, or on a disk that is not connected.';

/**
 * From now on each day of use makes a backup. The passphrase itself is not kept: what it was made into
 * is, in the vault, where a lock seals it with everything else. It opens these backups and nothing else.
 */
export async function turnOnAutoBackup(
	vault: Vault,
	{ passphrase, keep }: { passphrase: string; keep: number },
	ports: BackupPorts,
): Promise<void> {
	const { bits, salt, iterations } = await newPassphraseBits(ports, passphrase);
	await save(vault, 'automatic backup turned on', () => ({
		...{ id: 'auto-backup', isOn: true, keep, iterations, doneAt: 0, problem: '' },
		...{ salt: base64urlOf(salt), bits: base64urlOf(bits) },
	}));
}

export async function turnOffAutoBackup(vault: Vault): Promise<void> {
	await save(vault, 'automatic backup turned off', () => defaultSettings['auto-backup']);
}

export type DailyBackup = 'off' | 'not-due' | 'made' | 'not-made';

/** Makes today's backup where there is none yet, and removes those that are too many. `now`: of the ports. */
export async function backUpDaily(
	vault: Vault,
	folder: Folder | undefined,
	ports: BackupPorts,
): Promise<DailyBackup> {
	const settings = settingsFrom((await vault.load('settings')).rows('settings'), 'auto-backup');
	const key = await keyOf(settings, ports);
	if (!settings.isOn || !key) return 'off';
	const now = ports.now();
	if (settings.doneAt > 0 && dayOf(settings.doneAt) === dayOf(now)) return 'not-due';
	const failed = async (problem: string): Promise<DailyBackup> => {
		if (problem !== settings.problem)
			await save(vault, 'automatic backup failed', (row) => ({ ...row, problem }));
		return 'not-made';
	};
	if (!folder || !(await folder.isOpen().catch(() => false))) return failed(notOpen);
	try {
		const sink = await folder.openFile(nameOf(now));
		const manifest = await writeBackup(vault, key, sink, ports).catch(async (error: unknown) => {
			await sink.abort();
			throw error;
		});
		await sink.close();
		await noteDone(vault, manifest, now);
	} catch {
		return failed(notWritten);
	}
	await removeOld(folder, settings.keep).catch(() => {});
	return 'made';
}

async function noteDone(
	vault: Vault,
	{ madeAt, revision }: { madeAt: number; revision: number },
	now: number,
): Promise<void> {
	await vault.commit(
		(state) => {
			const rows = state.rows('settings');
			const record = settingsFrom(rows, 'backup');
			const auto = settingsFrom(rows, 'auto-backup');
			const settings: SettingsRow[] = [
				{ ...record, madeAt, revision: revision + 1 },
				{ ...auto, doneAt: now, problem: '' },
			];
			return { put: { settings } };
		},
		{ what: 'backup made', count: 1 },
		{ needs: ['settings'] },
	);
}

/** Files of ours, oldest first: no other file of the folder is ever touched. */
async function removeOld(folder: Folder, keep: number): Promise<void> {
	const ours = (await folder.names()).filter((name) => ourName.test(name)).sort();
	for (const name of ours.slice(0, Math.max(0, ours.length - keep))) await folder.remove(name);
}

const ourName = /^portico-daily-\d{4}-\d{2}-\d{2}\.portico-backup$/;
const dayOf = (at: number) => fieldTime(at).slice(0, 10);
const nameOf = (at: number) => `portico-daily-${dayOf(at)}${backupKind.ending}`;

async function keyOf(
	settings: AutoBackupSettings,
	ports: BackupPorts,
): Promise<PassphraseKey | undefined> {
	const salt = bytesOfBase64url(settings.salt);
	const bits = bytesOfBase64url(settings.bits);
	if (!salt?.length || !bits?.length) return undefined;
	return passphraseKey(ports, bits, { salt, iterations: settings.iterations });
}

async function save(
	vault: Vault,
	what: string,
	change: (row: AutoBackupSettings) => AutoBackupSettings,
): Promise<void> {
	await vault.commit(
		(now) => {
			const rows = now.rows('settings');
			const record = settingsFrom(rows, 'backup');
			// What a device notes of its backups is no change that wants a backup.
			const settings: SettingsRow[] = [
				change(settingsFrom(rows, 'auto-backup')),
				{ ...record, revision: record.madeAt > 0 ? record.revision + 1 : 0 },
			];
			return { put: { settings } };
		},
		{ what, count: 1 },
		{ needs: ['settings'] },
	);
}
