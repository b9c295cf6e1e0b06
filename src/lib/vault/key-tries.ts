import type { Database, KeyRecord, VaultPorts, WrappedKeyRecord } from './database.ts';
import { type Secret, unwrapKey } from './key-wrap.ts';

/** Why a secret opened nothing: it is not the one, none is tried before `waitUntil` (epoch ms), or none is asked for any more. */
export type Refusal = { kind: 'wrong' | 'wait'; waitUntil: number } | { kind: 'unprotected' };

/** What came of a secret. */
export type Unlocked = { kind: 'unlocked' } | Refusal;

export interface OpenedKey {
	kind: 'opened';
	name: string;
	key: CryptoKey;
}

/** Wrong tries that cost nothing; each one after them doubles the wait. */
const freeTries = 3;
const longestWaitMs = 5 * 60_000;

/**
 * Tries a secret. Whatever a screen wants the key for, wrong words count, and the wait after them is
 * kept on disk. A passkey can't be guessed: it neither waits nor counts.
 */
export async function tryKey(
	database: Database,
	ports: Pick<VaultPorts, 'crypto' | 'now'>,
	secret: Secret,
	isExtractable: boolean,
): Promise<OpenedKey | Refusal> {
	const record = await wrappedRecord(database);
	if (!record) return { kind: 'unprotected' };
	const { name } = record;
	const now = ports.now();
	// A clock that was ahead must not lock anybody out for longer than the longest wait.
	const waitUntil = Math.min(record.waitUntil, now + longestWaitMs);
	const isGuessable = secret.kind !== 'passkey';
	if (isGuessable && waitUntil > now) return { kind: 'wait', waitUntil };
	const key = await keyOf(ports, record, secret, isExtractable);
	if (key) {
		const begun = { wrongTries: 0, waitUntil: 0 };
		// A full disk must not keep out who has the right words.
		if (record.wrongTries > 0)
			await changeRecord(database, name, (stored) => ({ ...stored, ...begun })).catch(() => {});
		return { kind: 'opened', name, key };
	}
	if (!isGuessable) return { kind: 'wrong', waitUntil };
	let until = 0;
	// What stands there now: another tab may have tried at the same time.
	await changeRecord(database, name, (stored) => {
		const wrongTries = stored.wrongTries + 1;
		until = now + waitAfter(wrongTries);
		return { ...stored, wrongTries, waitUntil: until };
	});
	return { kind: 'wrong', waitUntil: until };
}

export async function wrappedRecord({ keys }: Database): Promise<WrappedKeyRecord | undefined> {
	const record = await keys.get('data');
	return record && !('key' in record) ? record : undefined;
}

/** Changes the key's record if it still is that key's; false when another took its place. */
export function changeRecord(
	{ keys }: Database,
	name: string,
	change: (stored: WrappedKeyRecord) => KeyRecord,
): Promise<boolean> {
	return keys.db.transaction('rw', keys, async () => {
		const stored = await keys.get('data');
		if (!stored || 'key' in stored || stored.name !== name) return false;
		await keys.put(change(stored));
		return true;
	});
}

async function keyOf(
	{ crypto }: Pick<VaultPorts, 'crypto'>,
	{ name, wraps }: WrappedKeyRecord,
	secret: Secret,
	isExtractable: boolean,
): Promise<CryptoKey | undefined> {
	for (const wrap of wraps) {
		if (wrap.kind !== secret.kind) continue;
		if (secret.kind === 'passkey' && !isSameBytes(wrap.credentialId, secret.credentialId)) continue;
		const key = await unwrapKey(crypto, name, wrap, secret, isExtractable);
		if (key) return key;
	}
	return undefined;
}

function waitAfter(wrongTries: number): number {
	if (wrongTries < freeTries) return 0;
	return Math.min(1_000 * 2 ** (wrongTries - freeTries), longestWaitMs);
}

function isSameBytes(one: Uint8Array, other: Uint8Array): boolean {
	return one.length === other.length && one.every((byte, i) => byte === other[i]);
}
