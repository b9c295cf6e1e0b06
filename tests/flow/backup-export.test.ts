import { collectionNames } from '$lib/backup/format/contents.ts';
import { exportEverything, type ExportForm } from '$lib/backup/export/export-everything.ts';
import { defaultSettings } from '$lib/domain/settings.ts';
import type { Vault } from '$lib/vault/types.ts';
import Ajv from 'ajv';
import { unzipSync } from 'fflate';
import { readFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import { furnishPractice, put, quickPorts } from '../support/backups.ts';
import { aClient } from '../support/clients.ts';
import { openTestVault } from '../support/open-test-vault.ts';

let vault: Vault;

beforeEach(async () => {
	vault = await openTestVault();
	await furnishPractice(vault, 1_100);
	await put(vault, {
		put: {
			clients: [
				aClient({ id: 'x', firstName: '=HYPERLINK("https://x.example")', notes: 'two\n=1+1' }),
				aClient({ id: 'y', lastName: 'with, comma and "quotes"', tags: ['north', 'été'] }),
			],
			settings: [
				{ ...defaultSettings.relay, kind: 'portico', token: 'relay-secret' },
				{ ...defaultSettings.jmap, token: 'jmap-secret' },
				{ ...defaultSettings['sign-in'], refreshToken: 'refresh-secret' },
				{ ...defaultSettings['door-keys'], d: 'door-secret' },
				{ ...defaultSettings['auto-backup'], bits: 'backup-secret' },
			],
		},
	});
});

async function exported(form: ExportForm): Promise<Buffer> {
	const pieces: Uint8Array[] = [];
	const sink = { write: async (piece: Uint8Array) => void pieces.push(piece) };
	await exportEverything(vault, form, sink, quickPorts);
	return Buffer.concat(pieces);
}

const secrets = /relay-secret|jmap-secret|refresh-secret|door-secret|backup-secret|5ec2e7/;

test('the JSON follows its documented schema, which would notice', async () => {
	const schema = JSON.parse(
		readFileSync(new URL('../../docs/export-schema.json', import.meta.url), 'utf8'),
	) as object;
	const isValid = new Ajv({ allErrors: true }).compile(schema);
	const value = JSON.parse((await exported('json')).toString('utf8')) as {
		collections: Record<string, Record<string, unknown>[]>;
	};
	expect(isValid(value), JSON.stringify(isValid.errors?.slice(0, 3))).toBe(true);
	const [client] = value.collections['clients'] ?? [];
	expect(
		isValid({
			...value,
			collections: { ...value.collections, clients: [{ ...client, status: 7 }] },
		}),
	).toBe(false);
	expect(isValid({ ...value, collections: { clients: [] } })).toBe(false);
});

test('the JSON holds every row, and no secret', async () => {
	const text = (await exported('json')).toString('utf8');
	const value = JSON.parse(text) as {
		leftOut: string[];
		collections: Record<string, { id: string }[]>;
	};
	const now = await vault.load(...collectionNames);
	for (const name of collectionNames)
		if (name !== 'settings')
			expect(value.collections[name], name).toEqual(JSON.parse(JSON.stringify(now.rows(name))));
	expect(value.collections['settings']?.map(({ id }) => id).sort()).toEqual(
		['jmap', 'practice', 'relay'].sort(),
	);
	expect(text).not.toMatch(secrets);
	expect(value.leftOut.length).toBeGreaterThan(3);
});

test('the .zip opens with a program of others; its CSV is inert in a spreadsheet', async () => {
	const files = unzipSync(new Uint8Array(await exported('csv')));
	const names = Object.keys(files);
	expect(names).toContain('clients.csv');
	expect(names).not.toContain('merges.csv');
	const textOf = (name: string) => Buffer.from(files[name] ?? []).toString('utf8');
	const clients = textOf('clients.csv');
	expect(clients.startsWith('\ufeff"id",')).toBe(true);
	expect(clients).toContain(`"'=HYPERLINK(""https://x.example"")"`);
	expect(clients).toContain(`"two\n'=1+1"`);
	expect(clients).toContain('"with, comma and ""quotes"""');
	expect(clients).toContain('"north; été"');
	expect(clients.split('\r\n').length - 2).toBe(7 + 1_100 + 2);
	for (const name of names) expect(textOf(name)).not.toMatch(secrets);
});
