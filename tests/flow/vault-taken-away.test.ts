import { openVault } from '$lib/vault/vault.ts';
import { expect, test, vi } from 'vitest';
import { aClient } from '../support/clients.ts';
import { Device } from '../support/device.ts';

const entry = { what: 'test', count: 1 };
const needs = ['clients'] as const;

async function aTab(device: Device) {
	const { ports } = device.openContext();
	const vault = await openVault('t', ports);
	const lost = vi.fn();
	vault.whenLost(lost);
	const add = (id: string) =>
		vault.commit(() => ({ put: { clients: [aClient({ id })] } }), entry, { needs });
	return { vault, ports, lost, add };
}

function deleteDatabase(factory: IDBFactory): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = factory.deleteDatabase('t');
		request.onsuccess = () => resolve();
		request.onerror = () => reject(request.error);
	});
}

test('a database that is deleted under an open tab: the tab is told, and neither reads nor writes from then on', async () => {
	const device = new Device();
	const tab = await aTab(device);
	await tab.add('a');
	await deleteDatabase(tab.ports.indexedDB);
	await vi.waitFor(() => expect(tab.lost).toHaveBeenCalledTimes(1), { timeout: 60_000 });
	await expect(tab.add('b')).rejects.toMatchObject({ kind: 'taken-away' });
	await expect(tab.vault.load('messages')).rejects.toMatchObject({ kind: 'taken-away' });
	const staging = tab.vault.stage();
	const staged = async () => {
		await staging.add('clients', [aClient({ id: 'c' })]);
		await staging.commit(() => ({}), entry, { needs });
	};
	await expect(staged()).rejects.toMatchObject({ kind: 'taken-away' });
	expect(tab.lost).toHaveBeenCalledTimes(1);

	const fresh = await aTab(device);
	expect((await fresh.vault.load('clients')).rows('clients')).toEqual([]);
	expect(fresh.vault.snapshot.revision).toBe(0);
	await fresh.add('d');
	expect(fresh.lost).not.toHaveBeenCalled();
	for (const { vault } of [tab, fresh]) vault.close();
});

test('a tab that had committed nothing yet does not write into a database that was made anew', async () => {
	const device = new Device();
	const tab = await aTab(device);
	await deleteDatabase(tab.ports.indexedDB);
	await expect(tab.add('a')).rejects.toMatchObject({ kind: 'taken-away' });
	const fresh = await aTab(device);
	await fresh.add('b');
	await expect(tab.add('c')).rejects.toMatchObject({ kind: 'taken-away' });
	const rows = (await (await aTab(device)).vault.load('clients')).rows('clients');
	expect(rows.map(({ id }) => id)).toEqual(['b']);
	for (const { vault } of [tab, fresh]) vault.close();
});

test('closing the vault oneself is no loss', async () => {
	const tab = await aTab(new Device());
	await tab.add('a');
	tab.vault.close();
	await new Promise((resolve) => setTimeout(resolve, 20));
	expect(tab.lost).not.toHaveBeenCalled();
});
