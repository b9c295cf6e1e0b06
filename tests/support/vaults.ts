import type { CollectionName, Collections } from '$lib/domain/collections.ts';
import type { Vault } from '$lib/vault/types.ts';
import { openVault } from '$lib/vault/vault.ts';
import type { Device, DeviceContext } from './device.ts';

export interface OpenedVault {
	vault: Vault;
	context: DeviceContext;
}

export async function openOn(device: Device): Promise<OpenedVault> {
	const context = device.openContext();
	return { vault: await openVault('t', context.ports), context };
}

/** What a newcomer on this device reads of one collection. */
export async function readAfresh<N extends CollectionName>(
	device: Device,
	name: N,
): Promise<readonly Collections[N][]> {
	const { vault } = await openOn(device);
	try {
		return (await vault.load(name)).rows(name);
	} finally {
		vault.close();
	}
}

/** Waits until `isSo`, and says whether it came to be. */
export async function eventually(
	isSo: () => boolean | Promise<boolean>,
	patienceMs = 120_000,
): Promise<boolean> {
	const deadline = performance.now() + patienceMs;
	while (!(await isSo())) {
		if (performance.now() > deadline) return false;
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
	return true;
}
