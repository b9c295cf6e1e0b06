import {
	backUpDaily,
	type Folder,
	turnOffAutoBackup,
	turnOnAutoBackup,
} from '$lib/backup/auto/auto-backup.ts';
import { verifyBackup } from '$lib/backup/verify-backup.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { Vault } from '$lib/vault/types.ts';
import { beforeEach, expect, test } from 'vitest';
import { furnishPractice, passphrase, put, quickPorts } from '../support/backups.ts';
import { aClient } from '../support/clients.ts';
import { openTestVault } from '../support/open-test-vault.ts';

const day = 86_400_000;

/** A folder in memory: a file is there once it was closed. */
class AFolder implements Folder {
	readonly files = new Map<string, Blob>();
	mayWrite = true;
	isFull = false;
	isOpen = async () => this.mayWrite;
	names = async () => [...this.files.keys()];
	remove = async (name: string) => void this.files.delete(name);
	async openFile(name: string) {
		const pieces: Uint8Array<ArrayBuffer>[] = [];
		return {
			write: async (piece: Uint8Array<ArrayBuffer>) => {
				if (this.isFull) throw new DOMException('', 'QuotaExceededError');
				pieces.push(piece);
			},
			close: async () => {
				const file = new Blob(pieces);
				this.files.set(name, file);
				return file;
			},
			abort: async () => {},
		};
	}
}

let vault: Vault;
let folder: AFolder;
let now: number;
const ports = { ...quickPorts, now: () => now };
const run = () => backUpDaily(vault, folder, ports);
const settings = async () => (await vault.load('settings')).rows('settings');

beforeEach(async () => {
	now = new Date(2026, 4, 4, 9).getTime();
	vault = await openTestVault();
	await furnishPractice(vault);
	folder = new AFolder();
	await turnOnAutoBackup(vault, { passphrase, keep: 3 }, ports);
});

test('each day of use makes one file, which the passphrase opens', async () => {
	expect(await run()).toBe('made');
	expect(await run()).toBe('not-due');
	expect(await folder.names()).toEqual(['portico-daily-2026-05-04.portico-backup']);
	const [file] = folder.files.values();
	const { manifest } = await verifyBackup(file as Blob, passphrase, quickPorts);
	expect(manifest.counts.clients).toBe(27);
	now += day;
	expect(await run()).toBe('made');
	expect(folder.files.size).toBe(2);
});

test('the last ones are kept, and nothing else in the folder is touched', async () => {
	const strange = [
		'notes.txt',
		'portico-2020-01-01.portico-backup',
		'a-portico-daily-2020-01-01.portico-backup',
	];
	for (const name of strange) folder.files.set(name, new Blob([name]));
	for (let days = 0; days < 5; days++, now += day) await run();
	expect((await folder.names()).sort()).toEqual(
		[...strange, ...[6, 7, 8].map((at) => `portico-daily-2026-05-0${at}.portico-backup`)].sort(),
	);
});

test('it counts as a backup: nothing changed since, until something does', async () => {
	await run();
	const revision = () => vault.snapshot.revision;
	expect(settingsFrom(await settings(), 'backup')).toMatchObject({
		madeAt: now,
		revision: revision(),
	});
	await put(vault, { put: { clients: [aClient({ id: 'new' })] } });
	expect(revision() - settingsFrom(await settings(), 'backup').revision).toBe(1);
});

test('a folder that is full or not allowed is told, costs no older backup, and is tried again', async () => {
	await run();
	now += day;
	folder.isFull = true;
	expect(await run()).toBe('not-made');
	expect(settingsFrom(await settings(), 'auto-backup').problem).toMatch(/could not be written/);
	expect(folder.files.size).toBe(1);
	folder.isFull = false;
	folder.mayWrite = false;
	expect(await run()).toBe('not-made');
	expect(settingsFrom(await settings(), 'auto-backup').problem).toMatch(/asks anew/);
	folder.mayWrite = true;
	expect(await run()).toBe('made');
	expect(settingsFrom(await settings(), 'auto-backup').problem).toBe('');
});

test('the passphrase is kept nowhere, and turned off nothing of it is left', async () => {
	expect(JSON.stringify(await settings())).not.toContain(passphrase);
	await turnOffAutoBackup(vault);
	expect(settingsFrom(await settings(), 'auto-backup')).toMatchObject({ isOn: false, bits: '' });
	expect(await run()).toBe('off');
});
