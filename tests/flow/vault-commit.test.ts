import { openVault } from '$lib/vault/vault.ts';
import { expect, test } from 'vitest';
import { aClient } from '../support/clients.ts';
import { Device } from '../support/device.ts';

const needs = ['clients'] as const;

test('what is committed is there for the next one who opens', async () => {
	const device = new Device();
	const vault = await openVault('t', device.openContext().ports);
	await vault.commit(
		() => ({ put: { clients: [aClient({ id: 'a' }), aClient({ id: 'b' })] } }),
		{ what: 'test', count: 2 },
		{ needs },
	);
	vault.close();
	const again = await openVault('t', device.openContext().ports);
	const now = await again.load('clients', 'journal');
	expect(now.rows('clients').map((client) => client.id)).toEqual(['a', 'b']);
	expect(now.get('clients', 'b')).toEqual(aClient({ id: 'b' }));
	expect(now.rows('journal')).toMatchObject([{ what: 'test', count: 2, revision: 1 }]);
	again.close();
});

test('another context follows', async () => {
	const device = new Device();
	const one = await openVault('t', device.openContext().ports);
	const two = await openVault('t', device.openContext().ports);
	await two.load('clients');
	const followed = new Promise<number>((resolve) => {
		two.follow((now) => now.rows('clients').length > 0 && resolve(now.rows('clients').length));
	});
	await one.commit(
		() => ({ put: { clients: [aClient({ id: 'a' })] } }),
		{ what: 'test', count: 1 },
		{ needs },
	);
	expect(await followed).toBe(1);
	one.close();
	two.close();
});

test('thousands of rows fill blocks, an edit rewrites one of them', async () => {
	const device = new Device();
	const vault = await openVault('t', device.openContext().ports);
	const clients = Array.from({ length: 3000 }, (_, i) => aClient({ id: `c${i}` }));
	await vault.commit(() => ({ put: { clients } }), { what: 'test', count: 3000 }, { needs });
	await vault.commit(
		() => ({ put: { clients: [aClient({ id: 'c1500', firstName: 'Noor' })] } }),
		{ what: 'edit', count: 1 },
		{ needs },
	);
	const other = await openVault('t', device.openContext().ports);
	const now = await other.load('clients');
	expect(now.rows('clients').length).toBe(3000);
	expect(now.get('clients', 'c1500')?.firstName).toBe('Noor');
	expect(now.rows('clients')[1500]?.firstName).toBe('Noor');
	vault.close();
	other.close();
});

test('a staged commit shows nothing until it is whole, and abandoning it leaves nothing', async () => {
	const device = new Device();
	const vault = await openVault('t', device.openContext().ports);
	const staging = vault.stage();
	await staging.add(
		'clients',
		Array.from({ length: 2500 }, (_, i) => aClient({ id: `c${i}` })),
	);
	expect((await vault.load('clients')).rows('clients').length).toBe(0);
	await staging.commit(() => ({}), { what: 'import', count: 2500 }, { needs });
	expect((await vault.load('clients')).rows('clients').length).toBe(2500);

	const dropped = vault.stage();
	await dropped.add(
		'clients',
		Array.from({ length: 2500 }, (_, i) => aClient({ id: `d${i}` })),
	);
	await dropped.abandon();
	expect((await vault.load('clients')).rows('clients').length).toBe(2500);
	vault.close();
});
