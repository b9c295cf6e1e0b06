import { settingsFrom } from '$lib/domain/settings.ts';
import { ChoiceKeeper } from '$lib/report/choice-keeper.ts';
import { saveChoices } from '$lib/report/save-choices.ts';
import type { Vault } from '$lib/vault/types.ts';
import { openVault } from '$lib/vault/vault.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';

async function choicesIn(device: Device): Promise<Record<string, boolean>> {
	const vault = await openVault('selection', device.openContext().ports);
	const now = await vault.load('settings');
	vault.close();
	return settingsFrom(now.rows('settings'), 'report-selection').choices;
}

function failing(error: unknown): never {
	throw error;
}

test('a selection survives a reload', async () => {
	const device = new Device();
	const vault = await openVault('selection', device.openContext().ports);
	const keeper = new ChoiceKeeper(async () => vault, failing);
	keeper.keep('anna', false);
	keeper.keep('ben', true);
	await keeper.flush();
	vault.close();
	expect(await choicesIn(device)).toEqual({ anna: false, ben: true });
});

test('what goes back to the default leaves nothing behind', async () => {
	const device = new Device();
	const vault = await openVault('selection', device.openContext().ports);
	const keeper = new ChoiceKeeper(async () => vault, failing);
	keeper.keep('anna', false);
	await keeper.flush();
	keeper.keep('anna', undefined);
	keeper.keep('__proto__', true);
	await keeper.flush();
	vault.close();
	expect(Object.keys(await choicesIn(device))).toEqual([]);
});

test('many choices in a moment are few commits, and the last one counts', async () => {
	const device = new Device();
	const vault = await openVault('selection', device.openContext().ports);
	const keeper = new ChoiceKeeper(async () => vault, failing);
	for (let i = 0; i < 500; i++) keeper.keep(`client ${i}`, false);
	await Promise.resolve();
	for (let i = 0; i < 500; i++) keeper.keep(`client ${i}`, i % 2 === 0);
	await keeper.flush();
	const { choices } = settingsFrom(vault.snapshot.rows('settings'), 'report-selection');
	expect(Object.values(choices).filter(Boolean)).toHaveLength(250);
	expect(vault.snapshot.revision).toBeLessThanOrEqual(2);
	vault.close();
});

test('two tabs choose without undoing each other', async () => {
	const device = new Device();
	const tabs = [device.openContext(), device.openContext()];
	const [one, two] = (await Promise.all(
		tabs.map(({ ports }) => openVault('selection', ports)),
	)) as [Vault, Vault];
	await Promise.all([
		saveChoices(one, new Map([['anna', false]])),
		saveChoices(two, new Map([['ben', false]])),
	]);
	one.close();
	two.close();
	expect(await choicesIn(device)).toEqual({ anna: false, ben: false });
});

test('a full disk is reported, and nothing is shown as kept', async () => {
	const device = new Device();
	const context = device.openContext();
	const vault = await openVault('selection', context.ports);
	context.writesLeft = 0;
	const problems: unknown[] = [];
	const keeper = new ChoiceKeeper(
		async () => vault,
		(error) => problems.push(error),
	);
	keeper.keep('anna', false);
	await keeper.flush();
	expect(problems).toMatchObject([{ kind: 'storage-full' }]);
	expect(keeper.pending.size).toBe(0);
	vault.close();
});
