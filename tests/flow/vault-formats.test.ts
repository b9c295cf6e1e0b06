import type { Sealed } from '$lib/vault/database.ts';
import { format } from '$lib/vault/manifest.ts';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import { RawDatabase } from '../support/raw-database.ts';
import { openOn } from '../support/vaults.ts';

interface StoredSealed {
	iv: string;
	bytes: string;
}
/**
 * A whole database as an older format wrote it, its bytes in base64: two commits, the second edits a client.
 * From format 3 on the first one invites three of them in a batch.
 */
interface StoredVault {
	key: string;
	keyName: string;
	heads: { id: 'head'; format: number; revision: number; manifest: StoredSealed; key: string }[];
	blocks: { key: string; sealed: StoredSealed }[];
	undos: { id: string; sealed: StoredSealed }[];
}

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const sealedOf = ({ iv, bytes }: StoredSealed): Sealed => ({
	iv: bytesOf(iv),
	bytes: bytesOf(bytes).buffer,
});

async function storedBy(older: number): Promise<Device> {
	const url = new URL(`../fixtures/vaults/format-${older}.json`, import.meta.url);
	const stored = JSON.parse(readFileSync(url, 'utf8')) as StoredVault;
	const device = new Device();
	const raw = new RawDatabase(device);
	(await openOn(device)).vault.close();
	const usages = ['encrypt', 'decrypt'] as const;
	const key = await crypto.subtle.importKey('raw', bytesOf(stored.key), 'AES-GCM', false, usages);
	await raw.put('keys', { id: 'data', name: stored.keyName, key });
	for (const { manifest, ...head } of stored.heads)
		await raw.put('heads', { ...head, manifest: sealedOf(manifest) });
	for (const { key, sealed } of stored.blocks)
		await raw.put('blocks', { key, sealed: sealedOf(sealed) });
	for (const { id, sealed } of stored.undos)
		await raw.put('undos', { id, sealed: sealedOf(sealed) });
	return device;
}

const olderFormats = Array.from({ length: format - 1 }, (_, before) => before + 1);

test.each(olderFormats)(
	'what format %i wrote is read, undone in, and written on',
	async (older) => {
		const device = await storedBy(older);
		const raw = new RawDatabase(device);
		const { vault } = await openOn(device);
		const names = async () =>
			(await vault.load('clients'))
				.rows('clients')
				.map(({ firstName, phone }) => firstName + phone);
		const stored = await names();
		expect(stored).toHaveLength(6);
		expect(stored[0]).toBe('Maya2');
		expect(stored[1]).toMatch(/^Søren/);

		if (older >= 3) {
			const batch = await vault.load('invitations', 'messages');
			const codes = ['00ff', '10ab', 'c0de'].map((code) => code.repeat(8));
			expect(batch.rows('invitations').map(({ code }) => code)).toEqual(codes);
			expect(batch.rows('messages').map(({ id, fields }) => [id, ...fields])).toEqual([
				['batch-1', 'Maya', `https://portal.example/?invitation=${codes[0]}`],
				['batch-2', 'Søren', `https://portal.example/?invitation=${codes[1]}`],
				['batch-3', 'Noor', `https://portal.example/?invitation=${codes[2]}`],
			]);
		}

		await vault.undo('second', { what: 'undo', count: 1 });
		expect((await names())[0]).not.toBe('Maya2');
		expect((await raw.get('heads', 'head'))?.format).toBe(format);
		vault.close();

		const again = await openOn(device);
		const clients = (await again.vault.load('clients', 'journal')).rows('clients');
		expect(clients.map(({ addedAt }) => addedAt)).toEqual(
			Array.from({ length: 6 }, (_, day) => 1_488_283_200_000 + day * 86_400_000),
		);
		again.vault.close();
	},
);
