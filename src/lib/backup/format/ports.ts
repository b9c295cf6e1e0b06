import { fewestIterations } from '$lib/vault/passphrase.ts';

/** What a backup asks of its surroundings; a test passes its own. */
export interface BackupPorts {
	crypto: Pick<Crypto, 'getRandomValues' | 'randomUUID'> & { subtle: SubtleCrypto };
	/** Epoch milliseconds. */
	now: () => number;
	/** Fewer rounds of the passphrase's function than this are neither made nor opened. */
	fewestIterations: number;
	appVersion: string;
}

export function browserPorts(appVersion: string): BackupPorts {
	return { crypto: globalThis.crypto, now: Date.now, fewestIterations, appVersion };
}
