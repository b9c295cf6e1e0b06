import { openVault } from '$lib/vault/vault.ts';
import type { Vault } from '$lib/vault/types.ts';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';

/** A vault over a real IndexedDB implementation of its own, empty. */
export function openTestVault(indexedDB = new IDBFactory()): Promise<Vault> {
	return openVault('portico-test', {
		indexedDB,
		IDBKeyRange,
		locks: undefined,
		crypto: globalThis.crypto,
		now: Date.now,
	});
}
