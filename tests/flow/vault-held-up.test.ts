import { openVault } from '$lib/vault/vault.ts';
import { expect, test, vi } from 'vitest';
import { aClient } from '../support/clients.ts';
import { Device } from '../support/device.ts';

/** A connection to an older form of the database, in a tab that does not make way. */
function oldTab(factory: IDBFactory): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const request = factory.open('t', 5);
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(new Error('It did not open'));
	});
}

test('an old tab that holds an older form of the database: it is told once, and opening goes on as soon as that tab is closed', async () => {
	const device = new Device();
	const held = await oldTab(device.factory);
	const { ports } = device.openContext();
	const onHeldUp = vi.fn();
	const opening = openVault('t', { ...ports, onHeldUp });
	await vi.waitFor(() => expect(onHeldUp).toHaveBeenCalledTimes(1), { timeout: 60_000 });
	const early = await Promise.race([opening, new Promise((resolve) => setTimeout(resolve, 50))]);
	expect(early).toBeUndefined();

	held.close();
	const vault = await opening;
	const entry = { what: 'test', count: 1 };
	await vault.commit(() => ({ put: { clients: [aClient({ id: 'a' })] } }), entry, {
		needs: ['clients'],
	});
	expect(vault.snapshot.rows('clients')).toHaveLength(1);
	vault.close();
});
