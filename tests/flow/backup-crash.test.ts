import { openBackup } from '$lib/backup/read-backup.ts';
import type { RestoreMode } from '$lib/backup/restore/plan-restore.ts';
import { restoreBackup } from '$lib/backup/restore/restore-backup.ts';
import type { Vault } from '$lib/vault/types.ts';
import { expect, test } from 'vitest';
import {
	backUp,
	contentsOf,
	furnishPractice,
	passphrase,
	put,
	quickPorts,
} from '../support/backups.ts';
import { aClient } from '../support/clients.ts';
import { Device } from '../support/device.ts';
import { strayBlocks } from '../support/raw-database.ts';
import { eventually, openOn } from '../support/vaults.ts';

/** A backup that changes much of what is on `aDevice`. */
async function aBackup(): Promise<Blob> {
	const { vault } = await openOn(new Device());
	await furnishPractice(vault, 1_100);
	const file = await backUp(vault);
	vault.close();
	return file;
}

async function aDevice(isEmpty: boolean): Promise<Device> {
	const device = new Device();
	if (isEmpty) return device;
	const { vault } = await openOn(device);
	await furnishPractice(vault, 5);
	await put(vault, { put: { clients: [aClient({ id: 'here' })] } });
	vault.close();
	return device;
}

async function restoreOn(vault: Vault, file: Blob, mode: RestoreMode): Promise<void> {
	const backup = await openBackup(file, passphrase, quickPorts);
	await restoreBackup(vault, backup, quickPorts, { mode, choose: () => 'there' });
}

/** The whole state as a newcomer reads it, once what was left behind is swept. */
async function stateOf(device: Device): Promise<string> {
	const { vault } = await openOn(device);
	const contents = await contentsOf(vault);
	const isEmpty = vault.snapshot.revision === 0;
	if (!isEmpty) {
		const isSwept = async () => (await strayBlocks(device)).orphans.length === 0;
		expect(await eventually(isSwept)).toBe(true);
		expect((await strayBlocks(device)).missing).toEqual([]);
	}
	vault.close();
	return JSON.stringify(contents);
}

test.each([
	['replace', false],
	['merge', false],
	['replace', true],
] as const)(
	'killed at any step of a restore (%s; into an empty vault: %s), all of it is there or nothing',
	async (mode, isEmpty) => {
		const file = await aBackup();
		const sound = await aDevice(isEmpty);
		const before = await stateOf(sound);
		const { vault, context } = await openOn(sound);
		const startedAt = context.steps;
		await restoreOn(vault, file, mode);
		const steps = context.steps - startedAt;
		vault.close();
		const after = await stateOf(sound);
		expect(after).not.toBe(before);
		expect(steps).toBeGreaterThan(10);

		const seen = { before: 0, after: 0 };
		for (let step = 1; step <= steps; step++) {
			const device = await aDevice(isEmpty);
			const opened = await openOn(device);
			opened.context.diesAt = opened.context.steps + step;
			let isOver = false;
			// Whatever a dead context still says, nobody hears it.
			const over = () => (isOver = true);
			void restoreOn(opened.vault, file, mode).then(over, over);
			expect(await eventually(() => isOver || opened.context.isDead, 20_000)).toBe(true);
			opened.vault.close();
			const state = await stateOf(device);
			expect([before, after]).toContain(state);
			seen[state === before ? 'before' : 'after'] += 1;
		}
		expect(seen.before).toBeGreaterThan(0);
	},
	120_000,
);
