import {
	backUp,
	contentsOf,
	furnishPractice,
	passphrase,
	quickPorts,
	restore,
} from '../support/backups.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { openBackup } from '$lib/backup/read-backup.ts';
import { verifyBackup } from '$lib/backup/verify-backup.ts';
import { upgradeFrom } from '$lib/backup/upgrade.ts';
import { expect, test } from 'vitest';

async function aPractice(clientCount = 20) {
	const vault = await openTestVault();
	await furnishPractice(vault, clientCount);
	return vault;
}

test('what a backup says in the clear is how to open it, and nothing of what is inside', async () => {
	const vault = await aPractice();
	const bytes = new Uint8Array(await (await backUp(vault)).arrayBuffer());
	const text = new TextDecoder('latin1').decode(bytes);
	expect(text.startsWith('PORTICO-BACKUP\r\n')).toBe(true);
	expect(text).toContain('"kdf":"PBKDF2-SHA256","iterations":1,');
	for (const secret of ['Ferreira', 'Okafor', 'example.com', 'Harbor', '5ec2e7', 'manifest'])
		expect(text).not.toContain(secret);
});

test('two backups of the same data have not one chunk in common', async () => {
	const vault = await aPractice();
	const [one, two] = await Promise.all([backUp(vault), backUp(vault)]);
	const [a, b] = [new Uint8Array(await one.arrayBuffer()), new Uint8Array(await two.arrayBuffer())];
	const tail = (bytes: Uint8Array) => Buffer.from(bytes.subarray(-32)).toString('hex');
	expect(tail(a)).not.toBe(tail(b));
});

test('verifying says what is inside, and reads every row', async () => {
	const vault = await aPractice(1_300);
	const file = await backUp(vault);
	const { manifest, size } = await verifyBackup(file, passphrase, quickPorts);
	expect(size).toBe(file.size);
	expect(manifest).toMatchObject({
		appVersion: 'test',
		madeAt: Date.UTC(2026, 4, 4, 9),
		revision: vault.snapshot.revision,
		counts: { clients: 1_307, messages: 7, contacts: 1, settings: 2 },
	});
});

test('a wrong passphrase is told from a damaged file', async () => {
	const file = await backUp(await aPractice());
	await expect(openBackup(file, `${passphrase} `, quickPorts)).rejects.toMatchObject({
		kind: 'wrong-passphrase',
	});
	const bytes = new Uint8Array(await file.arrayBuffer());
	bytes[60] = (bytes[60] ?? 0) ^ 1;
	await expect(openBackup(new Blob([bytes]), passphrase, quickPorts)).rejects.toMatchObject({
		kind: 'damaged',
	});
});

test('letters with accents open it however they were typed', async () => {
	const vault = await aPractice();
	const file = await backUp(vault, quickPorts, 'Caf\u00e9 au lait, toujours');
	const typed = 'Cafe\u0301 au lait, toujours';
	await expect(openBackup(file, typed, quickPorts)).resolves.toMatchObject({ size: file.size });
	// As wide letters of a Japanese keyboard; the vault takes its passphrase the same way.
	const wide = 'Caf\u00e9 au lait, \uff54oujours';
	await expect(openBackup(file, wide, quickPorts)).resolves.toMatchObject({ size: file.size });
});

test.each([
	['an empty file', new Blob([]), 'not-a-backup'],
	[
		'a picture',
		new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])]),
		'not-a-backup',
	],
	['the beginning alone', new Blob(['PORTICO-BACKUP\r\n']), 'cut-short'],
])('%s is refused', async (_what, file, kind) => {
	await expect(openBackup(file, passphrase, quickPorts)).rejects.toMatchObject({ kind });
});

test('a file whose line ends were "mended" on the way is not taken for a backup', async () => {
	const bytes = new Uint8Array(await (await backUp(await aPractice())).arrayBuffer());
	const mended = new Blob([bytes.filter((byte, at) => !(byte === 13 && bytes[at + 1] === 10))]);
	await expect(openBackup(mended, passphrase, quickPorts)).rejects.toMatchObject({
		kind: 'not-a-backup',
	});
});

test('fewer rounds of the passphrase’s function than are safe are not opened', async () => {
	const file = await backUp(await aPractice());
	const strict = { ...quickPorts, fewestIterations: 600_000 };
	await expect(openBackup(file, passphrase, strict)).rejects.toMatchObject({ kind: 'damaged' });
});

test('the whole practice comes back into an empty vault', async () => {
	const vault = await aPractice(1_300);
	const file = await backUp(vault);
	const empty = await openTestVault();
	const restored = await restore(empty, file);
	const before = await contentsOf(vault);
	const after = await contentsOf(empty);
	expect({ ...after, messages: {} }).toEqual({ ...before, messages: {} });
	expect(restored).toMatchObject({ changed: 0, removed: 0, held: 3, canUndo: true });
});

test('rows of an older form are brought up step by step', () => {
	const steps = [
		(_name: string, row: { id: string }) => ({ ...row, once: true }),
		(_name: string, row: { id: string }) =>
			row.id === 'gone' ? undefined : { ...row, twice: true },
	];
	const upgrade = upgradeFrom(1, steps, 3);
	expect(upgrade('clients', [{ id: 'a' }, { id: 'gone' }])).toEqual([
		{ id: 'a', once: true, twice: true },
	]);
	expect(upgradeFrom(2, steps, 3)('clients', [{ id: 'a' }])).toEqual([{ id: 'a', twice: true }]);
});
