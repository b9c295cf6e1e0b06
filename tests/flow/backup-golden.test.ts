import { passphraseBits, passphraseKey } from '$lib/backup/format/passphrase-key.ts';
import { browserPorts } from '$lib/backup/format/ports.ts';
import { verifyBackup } from '$lib/backup/verify-backup.ts';
import { writeBackup } from '$lib/backup/write-backup.ts';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contentsOf, furnishPractice, put, restore } from '../support/backups.ts';
import { aClient } from '../support/clients.ts';
import { openTestVault } from '../support/open-test-vault.ts';

/** Fictional, as all that is in them. The same for the golden files of all formats. */
const passphrase = 'seven quiet lamps over the harbour';
const place = (format: number) =>
	new URL(`../fixtures/backups/format-${format}.portico-backup`, import.meta.url);
const ports = browserPorts('0.1.0');

/** `PORTICO_WRITE_GOLDEN=2 npx vitest run tests/flow/backup-golden.test.ts` writes the file of a new format, once. */
const written = Number(process.env['PORTICO_WRITE_GOLDEN'] ?? 0);
if (written > 0)
	test('the golden file of a new format is written', async () => {
		expect(existsSync(place(written)), 'A golden file is never written again').toBe(false);
		const vault = await openTestVault();
		await furnishPractice(vault, 30);
		await put(vault, {
			put: {
				clients: [
					aClient({
						id: 'zoe',
						firstName: 'Zoë 🌿',
						lastName: "O'Connell",
						tags: ['north', 'été'],
					}),
					aClient({ id: 'rtl', firstName: 'ليلى', lastName: 'حداد', notes: 'two\nlines' }),
				],
				portalUsers: [
					{
						...{
							id: 'u',
							clientId: 'zoe',
							contactId: '',
							name: 'Zoë',
							emailAddress: 'zoe@example.com',
						},
						...{ permissions: ['messages'], addedAt: 5, joinedAt: 0, bouncedAt: 0, revokedAt: 0 },
					},
				],
			},
		});
		const salt = crypto.getRandomValues(new Uint8Array(16));
		const rounds = { salt, iterations: ports.fewestIterations };
		const bits = await passphraseBits(ports, passphrase, rounds);
		const pieces: Uint8Array<ArrayBuffer>[] = [];
		await writeBackup(
			vault,
			await passphraseKey(ports, bits, rounds),
			{ write: async (piece) => void pieces.push(piece) },
			{ ...ports, now: () => Date.UTC(2026, 4, 4, 9) },
		);
		writeFileSync(place(written), Buffer.concat(pieces));
	});

test('a backup of format 1 opens and comes back whole', async () => {
	const file = new Blob([new Uint8Array(readFileSync(place(1)))]);
	const { manifest } = await verifyBackup(file, passphrase, ports);
	expect(manifest).toEqual({
		...{ kind: 'manifest', appVersion: '0.1.0', madeAt: Date.UTC(2026, 4, 4, 9) },
		...{ revision: 2, rowsForm: 1 },
		counts: {
			...{ journal: 2, clientChanges: 1, settings: 2, professionals: 1, templates: 1 },
			...{ letters: 1, imports: 0, merges: 0, contacts: 1, portalUsers: 1 },
			...{ invitations: 7, messages: 7, clients: 39 },
		},
	});
	const vault = await openTestVault();
	await restore(vault, file, { mode: 'replace' }, ports);
	const { clients, messages, settings, portalUsers } = await contentsOf(vault);
	expect(clients?.['zoe']).toMatchObject({ firstName: 'Zoë 🌿', tags: ['north', 'été'] });
	expect(clients?.['rtl']).toMatchObject({ lastName: 'حداد', notes: 'two\nlines' });
	expect(clients?.['p29']).toMatchObject({ phone: '555 0129' });
	expect(portalUsers?.['u']).toMatchObject({ permissions: ['messages'] });
	expect(settings?.['practice']).toMatchObject({ practiceName: 'Harbor Practice' });
	expect(Object.values(messages ?? {}).map(({ state }) => state)).toEqual([
		...['held', 'held', 'sent', 'failed', 'unconfirmed', 'held', 'cancelled'],
	]);
	expect(messages?.['m0']).toMatchObject({ heldFor: 'restored', toAddress: 'm0@example.com' });
});
