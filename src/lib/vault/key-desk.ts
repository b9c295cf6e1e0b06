import { type Database, type KeyRecord, openDatabase, type VaultPorts } from './database.ts';
import { keyNameOf } from './data-key.ts';
import type { KeyHolder } from './key-holder.ts';
import {
	changeRecord,
	type OpenedKey,
	type Refusal,
	tryKey,
	type Unlocked,
	wrappedRecord,
} from './key-tries.ts';
import {
	dataKeyKind,
	type KeyWrap,
	makeRecoveryCode,
	type Secret,
	unwrapKey,
	wrapKey,
} from './key-wrap.ts';
import { calibratedIterations } from './passphrase.ts';
import { VaultProblem, vaultProblemFrom } from './problems.ts';
import { rekey } from './rekey.ts';
import { alone } from './writer-lock.ts';

/** How the data key lies on disk, for screens. */
export interface KeyState {
	isProtected: boolean;
	wraps: readonly Pick<KeyWrap, 'id' | 'kind' | 'madeAt' | 'credentialId'>[];
	/** No words are tried before this time (epoch ms). */
	waitUntil: number;
}

const unlocked: Unlocked = { kind: 'unlocked' };
const unprotected: Refusal = { kind: 'unprotected' };

/**
 * The passphrase and its like: who may open the data key. Everything else of the vault works with the
 * open key. Its methods throw VaultProblem.
 */
export class KeyDesk {
	constructor(
		readonly name: string,
		readonly ports: VaultPorts,
		readonly holder: KeyHolder,
		/** How many iterations stretch a secret on this device. */
		readonly iterations: () => Promise<number> = () => calibratedIterations(ports.crypto),
	) {}

	async state(): Promise<KeyState> {
		return this.#with(async ({ keys }) => stateOf(await keys.get('data')));
	}

	/** Opens the key for all contexts of this origin. The wait after wrong tries is kept on disk. */
	async unlock(secret: Secret): Promise<Unlocked> {
		return this.#withKey(secret, false, async ({ name, key }) => {
			this.holder.hold(name, key);
			return unlocked;
		});
	}

	/**
	 * Sets the first passphrase: makes a new data key, seals everything with it, and keeps it on disk
	 * only wrapped. Returns the recovery code, which is kept nowhere; undefined when another tab set a
	 * passphrase meanwhile, and nothing was done.
	 */
	async protect(passphrase: string): Promise<string | undefined> {
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
		return this.#with((database) =>
			alone(this.ports, this.name, async () => {
				for (;;) {
					const old = await database.keys.get('data');
					if (!old) throw new VaultProblem('key-lost');
					if (!('key' in old)) return undefined;
					const from = { name: keyNameOf(old), key: old.key };
					try {
						// Before it is on disk: whoever sees it there asks for it at once.
						this.holder.hold(name, key);
						if (await rekey(database, this.ports, from, { record, key })) return code;
					} catch (error) {
						this.holder.release();
						throw error;
					}
				}
			}),
		);
	}

	/** Another passphrase opens the same key; `secret` is one that opens it now. */
	changePassphrase(secret: Secret, passphrase: string): Promise<Unlocked> {
		return this.#replace(secret, { kind: 'passphrase', text: passphrase });
	}

	/** A new recovery code, in place of the old one. */
	async renewRecoveryCode(secret: Secret): Promise<{ kind: 'unlocked'; code: string } | Refusal> {
		const code = makeRecoveryCode(this.ports.crypto);
		const end = await this.#replace(secret, { kind: 'recovery', text: code });
		return end.kind === 'unlocked' ? { ...end, code } : end;
	}

	/** Whether the secret opens the key; nothing is opened. */
	opens(secret: Secret): Promise<Unlocked> {
		return this.#withKey(secret, false, async () => unlocked);
	}

	addPasskey(secret: Secret, passkey: Secret & { kind: 'passkey' }): Promise<Unlocked> {
		return this.#wrapAnew(secret, passkey, (wraps, wrap) => [...wraps, wrap]);
	}

	async removePasskey(id: string): Promise<void> {
		await this.#with(async (database) => {
			const record = await wrappedRecord(database);
			if (!record) return;
			await changeRecord(database, record.name, (stored) => ({
				...stored,
				wraps: stored.wraps.filter((wrap) => wrap.id !== id || wrap.kind !== 'passkey'),
			}));
		});
	}

	/** Keeps the same key open on disk again; contexts that have it go on with it. */
	async unprotect(secret: Secret): Promise<Unlocked> {
		return this.#withKey(secret, false, async ({ name, key }, database) => {
			if (!(await changeRecord(database, name, () => ({ id: 'data', name, key }))))
				return unprotected;
			this.holder.release();
			return unlocked;
		});
	}

	/** Every context lets go of the key. */
	lock(): void {
		this.holder.lock();
	}

	#replace(secret: Secret, next: Secret): Promise<Unlocked> {
		return this.#wrapAnew(secret, next, (wraps, wrap) => [
			...wraps.filter(({ kind }) => kind !== next.kind),
			wrap,
		]);
	}

	#wrapAnew(
		secret: Secret,
		next: Secret,
		place: (wraps: readonly KeyWrap[], wrap: KeyWrap) => KeyWrap[],
	): Promise<Unlocked> {
		return this.#withKey(secret, true, async ({ name, key }, database) => {
			const wrap = await wrapKey(this.ports, name, key, next, await this.iterations());
			const isPlaced = await changeRecord(database, name, (stored) => ({
				...stored,
				wraps: place(stored.wraps, wrap),
			}));
			return isPlaced ? unlocked : unprotected;
		});
	}

	#withKey(
		secret: Secret,
		isExtractable: boolean,
		task: (opened: OpenedKey, database: Database) => Promise<Unlocked>,
	): Promise<Unlocked> {
		return this.#with(async (database) => {
			const tried = await tryKey(database, this.ports, secret, isExtractable);
			return tried.kind === 'opened' ? task(tried, database) : tried;
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
