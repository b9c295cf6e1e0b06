import {
	type Database,
	type KeyRecord,
	openDatabase,
	type VaultPorts,
	type WrappedKeyRecord,
} from './database.ts';
import { keyNameOf } from './disk.ts';
import type { KeyHolder } from './key-holder.ts';
import {
	calibrated,
	dataKeyKind,
	type KeyWrap,
	makeRecoveryCode,
	type Secret,
	unwrapKey,
	wrapKey,
} from './key-wrap.ts';
import { VaultProblem, vaultProblemFrom } from './problems.ts';
import { rekey } from './rekey.ts';
import { alone } from './writer-lock.ts';

/** How the data key lies on disk, for screens. */
export interface KeyState {
	isProtected: boolean;
	wraps: readonly Pick<KeyWrap, 'id' | 'kind' | 'madeAt' | 'credentialId'>[];
	/** No secret is tried before this time (epoch ms). */
	waitUntil: number;
}

/** What came of a secret: it opened the key, it is not the one, or it was not tried before `waitUntil`. */
export type Unlocked = { kind: 'unlocked' } | { kind: 'wrong' | 'wait'; waitUntil: number };

/** Wrong tries that cost nothing; each one after them doubles the wait. */
const freeTries = 3;
const longestWaitMs = 5 * 60_000;

/** The passphrase and its like: who may open the data key. Everything else of the vault works with the open key. */
export class KeyDesk {
	constructor(
		readonly name: string,
		readonly ports: VaultPorts,
		readonly holder: KeyHolder,
		/** How many iterations stretch a secret on this device. */
		readonly iterations: () => Promise<number> = () => calibrated(ports.crypto),
	) {}

	async state(): Promise<KeyState> {
		return this.#with(async ({ keys }) => stateOf(await keys.get('data')));
	}

	/** Opens the key for all contexts of this origin. The wait after wrong tries is kept on disk. */
	async unlock(secret: Secret): Promise<Unlocked> {
		return this.#with(async (database) => {
			const record = await wrapped(database);
			if (!record) return { kind: 'unlocked' };
			const now = this.ports.now();
			// A clock that was ahead must not lock anybody out for longer than the longest wait.
			const waitUntil = Math.min(record.waitUntil, now + longestWaitMs);
			if (waitUntil > now) return { kind: 'wait', waitUntil };
			const key = await this.#opened(record, secret, false);
			const tries = key ? 0 : record.wrongTries + 1;
			const noted = { wrongTries: tries, waitUntil: key ? 0 : now + waitAfter(tries) };
			await this.#change(database, record.name, (stored) => ({ ...stored, ...noted }));
			if (!key) return { kind: 'wrong', waitUntil: noted.waitUntil };
			this.holder.hold(record.name, key);
			return { kind: 'unlocked' };
		});
	}

	/**
	 * Sets the first passphrase: makes a new data key, seals everything with it, and keeps it on disk
	 * only wrapped. Returns the recovery code, which is kept nowhere. Throws VaultProblem.
	 */
	async protect(passphrase: string): Promise<string> {
		const { crypto } = this.ports;
		const iterations = await this.iterations();
		const name = crypto.randomUUID();
		const made = await crypto.subtle.generateKey(dataKeyKind, true, ['encrypt', 'decrypt']);
		const code = makeRecoveryCode(crypto);
		const secret: Secret = { kind: 'passphrase', text: passphrase };
		const first = await wrapKey(this.ports, name, made, secret, iterations);
		const recovery: Secret = { kind: 'recovery', text: code };
		const second = await wrapKey(this.ports, name, made, recovery, iterations);
		// What works with it from now on can't be taken out of the browser.
		const key = await unwrapKey(crypto, name, first, secret);
		if (!key) throw new Error('The new key does not open');
		const wraps = [first, second];
		const record: KeyRecord = { id: 'data', name, wraps, wrongTries: 0, waitUntil: 0 };
		await this.#with((database) =>
			alone(this.ports, this.name, async () => {
				for (;;) {
					const old = await database.keys.get('data');
					if (!old) throw new VaultProblem('key-lost');
					if (!('key' in old)) throw new VaultProblem('locked');
					// Before it is on disk: whoever sees it there asks for it at once.
					this.holder.hold(name, key);
					const from = { name: keyNameOf(old), key: old.key };
					if (await rekey(database, this.ports, from, { record, key })) return;
				}
			}),
		);
		return code;
	}

	/** Another passphrase opens the same key; `secret` is one that opens it now. False when it does not. */
	changePassphrase(secret: Secret, passphrase: string): Promise<boolean> {
		return this.#replace(secret, { kind: 'passphrase', text: passphrase });
	}

	/** A new recovery code, in place of the old one; undefined when `secret` does not open the key. */
	async renewRecoveryCode(secret: Secret): Promise<string | undefined> {
		const code = makeRecoveryCode(this.ports.crypto);
		return (await this.#replace(secret, { kind: 'recovery', text: code })) ? code : undefined;
	}

	/** Whether the secret opens the key; nothing is opened. */
	async opens(secret: Secret): Promise<boolean> {
		return this.#with(async (database) => {
			const record = await wrapped(database);
			return record !== undefined && (await this.#opened(record, secret, false)) !== undefined;
		});
	}

	/** False when `secret` does not open the key. */
	addPasskey(secret: Secret, passkey: Secret & { kind: 'passkey' }): Promise<boolean> {
		return this.#wrapAnew(secret, passkey, (wraps, wrap) => [...wraps, wrap]);
	}

	async removePasskey(id: string): Promise<void> {
		await this.#with(async (database) => {
			const record = await wrapped(database);
			if (!record) return;
			await this.#change(database, record.name, (stored) => ({
				...stored,
				wraps: stored.wraps.filter((wrap) => wrap.id !== id || wrap.kind !== 'passkey'),
			}));
		});
	}

	/** Keeps the same key open on disk again; false when `secret` does not open it. */
	async unprotect(secret: Secret): Promise<boolean> {
		return this.#with(async (database) => {
			const record = await wrapped(database);
			if (!record) return true;
			const { name } = record;
			const key = await this.#opened(record, secret, false);
			if (!key) return false;
			return this.#change(database, name, () => ({ id: 'data', name, key }));
		});
	}

	/** Every context lets go of the key. */
	lock(): void {
		this.holder.lock();
	}

	#replace(secret: Secret, next: Secret): Promise<boolean> {
		return this.#wrapAnew(secret, next, (wraps, wrap) => [
			...wraps.filter(({ kind }) => kind !== next.kind),
			wrap,
		]);
	}

	async #wrapAnew(
		secret: Secret,
		next: Secret,
		place: (wraps: readonly KeyWrap[], wrap: KeyWrap) => KeyWrap[],
	): Promise<boolean> {
		return this.#with(async (database) => {
			const record = await wrapped(database);
			const key = record && (await this.#opened(record, secret, true));
			if (!record || !key) return false;
			const iterations = await this.iterations();
			const wrap = await wrapKey(this.ports, record.name, key, next, iterations);
			return this.#change(database, record.name, (stored) => ({
				...stored,
				wraps: place(stored.wraps, wrap),
			}));
		});
	}

	async #opened(
		record: WrappedKeyRecord,
		secret: Secret,
		isExtractable: boolean,
	): Promise<CryptoKey | undefined> {
		for (const wrap of record.wraps) {
			if (wrap.kind !== secret.kind) continue;
			if (secret.kind === 'passkey' && !isSameBytes(wrap.credentialId, secret.credentialId))
				continue;
			const { crypto } = this.ports;
			const key = await unwrapKey(crypto, record.name, wrap, secret, isExtractable);
			if (key) return key;
		}
		return undefined;
	}

	/** Changes the key's record if it still is that key's; false when another took its place. */
	#change(
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

	async #with<Result>(task: (database: Database) => Promise<Result>): Promise<Result> {
		const database = openDatabase(this.name, this.ports, 'strict');
		try {
			return await task(database);
		} catch (error) {
			throw vaultProblemFrom(error);
		} finally {
			database.close();
		}
	}
}

function stateOf(record: KeyRecord | undefined): KeyState {
	if (!record || 'key' in record) return { isProtected: false, wraps: [], waitUntil: 0 };
	const { wraps, waitUntil } = record;
	return { isProtected: true, wraps, waitUntil };
}

async function wrapped({ keys }: Database): Promise<WrappedKeyRecord | undefined> {
	const record = await keys.get('data');
	return record && !('key' in record) ? record : undefined;
}

function waitAfter(wrongTries: number): number {
	if (wrongTries < freeTries) return 0;
	return Math.min(1_000 * 2 ** (wrongTries - freeTries), longestWaitMs);
}

function isSameBytes(one: Uint8Array, other: Uint8Array): boolean {
	return one.length === other.length && one.every((byte, i) => byte === other[i]);
}
