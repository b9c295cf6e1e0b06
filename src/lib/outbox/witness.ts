import { eraseMark } from '$lib/platform/erase-mark.ts';
import type { Vault } from '$lib/vault/types.ts';

/** A small mark kept outside IndexedDB: the newest revision that this device has seen. */
const storageKey = 'portico-witness';

function lastSeen(): number {
	try {
		return Number(localStorage.getItem(storageKey)) || 0;
	} catch {
		return 0;
	}
}

/** What the witness says of the database. */
export type Testimony = 'well' | 'older' | 'gone';

/**
 * Compares the database with its witness, and keeps the witness from now on. An older database was
 * put back from somewhere: every message that is not settled is held, because it may have left since.
 * A database that is gone must not look like a first visit.
 */
export async function watchOver(vault: Vault, now: number): Promise<Testimony> {
	const seen = lastSeen();
	const { revision } = await vault.load('messages');
	const testimony = revision >= seen ? 'well' : revision === 0 ? 'gone' : 'older';
	if (testimony === 'gone') return testimony;
	if (testimony === 'older') {
		// Its code comes only when it is needed.
		const { holdAll } = await import('./by-hand.ts');
		await holdAll(vault, now);
	}
	keepFrom(vault);
	return testimony;
}

/** A backup was restored: what is here now counts, however much the witness had seen. */
export function renewWitness(vault: Vault): void {
	if (watched === vault) keep(vault.snapshot.revision);
	else keepFrom(vault);
}

let watched: Vault | undefined;

function keepFrom(vault: Vault): void {
	watched = vault;
	keep(vault.snapshot.revision);
	vault.follow((state) => keep(state.revision));
	// Who clears a site's data clears the witness too; what is gone must not look like a first visit.
	vault.whenLost(() => {
		if (!eraseMark.isSet) keep(vault.snapshot.revision);
	});
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
