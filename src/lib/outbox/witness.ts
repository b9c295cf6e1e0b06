import type { Vault } from '$lib/vault/types.ts';
import { holdAll } from './by-hand.ts';

/** A small mark kept outside IndexedDB: the newest revision that this device has seen. */
const storageKey = 'portico-witness';

function lastSeen(): number {
	try {
		return Number(localStorage.getItem(storageKey)) || 0;
	} catch {
		return 0;
	}
}

export type Standing = 'well' | 'older' | 'gone';

/**
 * Compares the database with its witness, and keeps the witness from now on. An older database was
 * put back from somewhere: every message that is not settled is held, because it may have left since.
 * A database that is gone must not look like a first visit.
 */
export async function watchOver(vault: Vault, now: number): Promise<Standing> {
	const seen = lastSeen();
	const { revision } = await vault.load('messages');
	const standing = revision >= seen ? 'well' : revision === 0 ? 'gone' : 'older';
	if (standing === 'gone') return standing;
	if (standing === 'older') await holdAll(vault, now);
	keep(vault.snapshot.revision);
	vault.follow((state) => keep(state.revision));
	return standing;
}

/** The person knows that her data is gone and begins anew. */
export function forgetWitness(): void {
	localStorage.removeItem(storageKey);
}

function keep(revision: number): void {
	try {
		localStorage.setItem(storageKey, String(revision));
	} catch {
		// Without room for a mark there is no witness, and no harm.
	}
}
