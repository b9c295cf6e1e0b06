import { browserPorts } from './database.ts';
import { KeyHolder } from './key-holder.ts';
import { VaultProblem } from './problems.ts';
import { vaultName } from './sealed-vault.ts';
import type { Vault } from './types.ts';
import { openVault } from './vault.ts';

let opening: Promise<Vault> | undefined;
let opened: Vault | undefined;
let holder: KeyHolder | undefined;
const waiting = new Set<() => void>();
const heldUp = new Set<() => void>();

/** What this context (page or worker) knows of the data key. */
export function theKeyHolder(): KeyHolder {
	return (holder ??= new KeyHolder(vaultName, browserPorts()));
}

/**
 * The one vault of this context (page or worker), opened on first use. While Portico is locked the
 * promise waits. Throws VaultProblem.
 */
export function theVault(): Promise<Vault> {
	opening ??= openUnlocked().catch((error: unknown) => {
		opening = undefined;
		throw error;
	});
	return opening;
}

/** Calls back when opening waits for another tab to be closed. */
export function whenHeldUp(listener: () => void): () => void {
	heldUp.add(listener);
	return () => heldUp.delete(listener);
}

/** Lets go of the database, where this context has it open; while Portico is locked none has. */
export function closeVault(): void {
	opened?.close();
}

/** Calls back when `theVault` waits for somebody to unlock. */
export function whenWaitingToUnlock(listener: () => void): () => void {
	waiting.add(listener);
	return () => waiting.delete(listener);
}

async function openUnlocked(): Promise<Vault> {
	const onHeldUp = () => {
		for (const listener of heldUp) listener();
	};
	const ports = { ...browserPorts(), onHeldUp };
	for (;;) {
		let given = () => {};
		const isGiven = new Promise<void>((resolve) => (given = resolve));
		const stop = theKeyHolder().whenGiven(given);
		try {
			return (opened = await openVault(vaultName, ports, theKeyHolder()));
		} catch (error) {
			if (!(error instanceof VaultProblem) || error.kind !== 'locked') throw error;
			for (const listener of waiting) listener();
			await isGiven;
		} finally {
			stop();
		}
	}
}
