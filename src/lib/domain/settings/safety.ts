import type { Defaults } from './defaults.ts';

/** When Portico locks by itself, where a passphrase is set. */
export interface SecuritySettings {
	id: 'security';
	/** Minutes without anybody doing anything; 0 for never. */
	idleMinutes: number;
}

/** What this device knows of its backups; it goes into none of them. All times in epoch milliseconds, 0 for never. */
export interface BackupRecord {
	id: 'backup';
	/** When the newest backup was made. */
	madeAt: number;
	/** The vault's revision that counts as backed up; later ones are changes since. */
	revision: number;
	/** When a backup was last read through and found whole. */
	verifiedAt: number;
	restoredAt: number;
}

/** The backup that is made by itself on each day of use; it goes into no backup. */
export interface AutoBackupSettings {
	id: 'auto-backup';
	isOn: boolean;
	/** How many files are kept. */
	keep: number;
	/** Where the passphrase's function was taken to, and what came of it, base64url: it opens these backups, and stays in the vault. */
	salt: string;
	iterations: number;
	bits: string;
	/** When one was last made; 0 for never. */
	doneAt: number;
	/** Why the last one was not made, in words; '' when it was. */
	problem: string;
}

export type SafetyRow = SecuritySettings | BackupRecord | AutoBackupSettings;

export const safetyDefaults: Defaults<SafetyRow> = {
	security: { id: 'security', idleMinutes: 15 },
	backup: { id: 'backup', madeAt: 0, revision: 0, verifiedAt: 0, restoredAt: 0 },
	'auto-backup': {
		id: 'auto-backup',
		isOn: false,
		keep: 7,
		salt: '',
		iterations: 0,
		bits: '',
		doneAt: 0,
		problem: '',
	},
};
