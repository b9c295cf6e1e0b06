import type { Message } from '$lib/domain/message.ts';
import type { Vault } from '$lib/vault/types.ts';
import { describe, expect, test } from 'vitest';
import { aClient } from '../support/clients.ts';
import { Device, type DeviceContext } from '../support/device.ts';
import { strayBlocks } from '../support/raw-database.ts';
import { eventually, openOn } from '../support/vaults.ts';

const needs = ['clients', 'contacts'] as const;
const many = (prefix: string, count: number) =>
	Array.from({ length: count }, (_, i) => aClient({ id: `${prefix}${i}` }));

/** Enough of them for two writes ahead. */
const messages = Array.from({ length: 9 * 256 }, (_, i) => ({ id: `m${i}` }) as Message);

/** The practice before the crash: an import that was staged, and an edit of it since. */
async function furnish(vault: Vault): Promise<void> {
	const staging = vault.stage();
	await staging.add('clients', many('s', 1030));
	await staging.commit(
		() => ({ put: { clients: [aClient({ id: 'a' })] } }),
		{ id: 'import', what: 'import', count: 1031, canUndo: true },
		{ needs },
	);
	await vault.commit(
		() => ({ put: { clients: [aClient({ id: 's3', phone: '1' })] }, remove: { clients: ['s4'] } }),
		{ id: 'edit', what: 'edit', count: 2, canUndo: true },
		{ needs },
	);
}

const contact = (id: string) => ({
	id,
	clientId: 'a',
	name: 'Noor Okafor',
	emailAddress: '',
	phone: '',
	relationship: 'other' as const,
	importId: '',
});

const change = (vault: Vault, isStrict: boolean) =>
	vault.commit(
		() => ({
			put: { clients: many('n', 1030), contacts: [contact('k')] },
			remove: { clients: ['s5'] },
		}),
		{ id: 'last', what: 'change', count: 1032, canUndo: true },
		{ needs, isStrict },
	);

const deeds: [what: string, deed: (vault: Vault) => Promise<unknown>][] = [
	['a commit', (vault) => change(vault, false)],
	['a strict commit', (vault) => change(vault, true)],
	[
		'a staged commit',
		async (vault) => {
			const staging = vault.stage();
			await staging.add('messages', messages);
			await staging.commit(
				() => ({ put: { clients: [aClient({ id: 's3', phone: '2' })], contacts: [contact('k')] } }),
				{ id: 'last', what: 'import', count: messages.length + 2, canUndo: true },
				{ needs },
			);
		},
	],
	[
		'an abandoned staging',
		async (vault) => {
			const staging = vault.stage();
			await staging.add('messages', messages);
			await staging.abandon();
		},
	],
	[
		'an undo of a staged commit',
		(vault) => vault.undo('import', { id: 'last', what: 'undo', count: 1031 }),
	],
];

/** The whole state as one string, as a newcomer reads it, once whatever was left behind is swept. */
async function stateOf(device: Device): Promise<string> {
	const { vault } = await openOn(device);
	const now = await vault.load('clients', 'contacts', 'messages', 'journal');
	const isSwept = async () => (await strayBlocks(device)).orphans.length === 0;
	if (device.hasLocks) expect(await eventually(isSwept)).toBe(true);
	expect((await strayBlocks(device)).missing).toEqual([]);
	vault.close();
	const clients = now.rows('clients').map(({ id, phone }) => id + phone);
	const contacts = now.rows('contacts').map(({ id }) => id);
	const journal = now.rows('journal').map(({ id, canUndo }) => `${id}:${canUndo}`);
	const messages = now.rows('messages').map(({ id }) => id);
	return JSON.stringify({ journal, contacts, clients, messages });
}

async function diesOr(context: DeviceContext, deed: Promise<unknown>): Promise<void> {
	let isOver = false;
	// Whatever a dead context still says, nobody hears it.
	void deed.catch(() => {}).finally(() => (isOver = true));
	expect(await eventually(() => isOver || context.isDead)).toBe(true);
}

describe.each(deeds)('a crash in %s', (_, deed) => {
	test.each([
		['with locks', true],
		['without locks', false],
	])('leaves the state before or after it at every step, %s', async (_, hasLocks) => {
		const furnished = async () => {
			const device = new Device();
			device.hasLocks = hasLocks;
			const { vault } = await openOn(device);
			await furnish(vault);
			vault.close();
			return device;
		};
		const device = await furnished();
		const before = await stateOf(device);
		const unharmed = await openOn(device);
		await deed(unharmed.vault);
		unharmed.vault.close();
		const after = await stateOf(device);

		const seen = new Set<string>();
		let steps = 0;
		for (let isAlive = false; !isAlive; steps++) {
			const device = await furnished();
			const { vault, context } = await openOn(device);
			await new Promise((resolve) => setTimeout(resolve, 2));
			context.diesAt = context.steps + steps + 1;
			await diesOr(context, deed(vault));
			isAlive = !context.isDead;
			vault.close();
			const state = await stateOf(device);
			if (state !== before) expect(state).toBe(after);
			seen.add(state);
		}
		expect(steps).toBeGreaterThan(5);
		expect(seen).toEqual(new Set([before, after]));
	});
});
