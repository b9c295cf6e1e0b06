import type { Database, KeyRecord, VaultPorts } from './database.ts';
import type { KeyHolder } from './key-holder.ts';
import { dataKeyKind } from './key-wrap.ts';
import { VaultProblem } from './problems.ts';

/** The data key as this context has it: made with the database, the same for every context that opens it. */
export class DataKey {
	readonly #database: Database;
	readonly #crypto: VaultPorts['crypto'];
	readonly #holder: KeyHolder;
	#key: CryptoKey | undefined;
	#name = '';

	constructor(database: Database, { crypto }: Pick<VaultPorts, 'crypto'>, holder: KeyHolder) {
		this.#database = database;
		this.#crypto = crypto;
		this.#holder = holder;
	}

	/** Whether this context has used it. */
	get isOpen(): boolean {
		return this.#key !== undefined;
	}

	/** Non-extractable. Throws VaultProblem: 'locked' when it is wrapped and no context has it open. */
	async open(): Promise<CryptoKey> {
		if (this.#key) return this.#key;
		const { keys, heads } = this.#database;
		// One look at both: another context may be making the database right now.
		const [stored, head] = await this.#database.transaction('r', keys, heads, () =>
			Promise.all([keys.get('data'), heads.get('head')]),
		);
		if (stored) return this.#use(stored);
		if (head) throw new VaultProblem('key-lost');
		return this.#use(await this.#make());
	}

	/** The name of it, opened. */
	async name(): Promise<string> {
		await this.open();
		return this.#name;
	}

	/** The same, after a look at which one is on disk. */
	async newestName(): Promise<string> {
		const stored = await this.#database.keys.get('data');
		if (stored) this.keepIf(keyNameOf(stored));
		return this.name();
	}

	/** Lets go of a key of another name: the next that asks gets the one on disk. */
	keepIf(name: string): boolean {
		if (this.#name === name) return true;
		this.#key = undefined;
		return false;
	}

	async #use(record: KeyRecord): Promise<CryptoKey> {
		const key = 'key' in record ? record.key : await this.#holder.find(record.name);
		if (!key) throw new VaultProblem('locked');
		this.#name = keyNameOf(record);
		return (this.#key = key);
	}

	async #make(): Promise<KeyRecord> {
		const { keys } = this.#database;
		const key = await this.#crypto.subtle.generateKey(dataKeyKind, false, ['encrypt', 'decrypt']);
		const first: KeyRecord = { id: 'data', name: this.#crypto.randomUUID(), key };
		return this.#database.transaction('rw', keys, async () => {
			const faster = await keys.get('data');
			if (faster) return faster;
			await keys.add(first);
			return first;
		});
	}
}

export function keyNameOf(record: KeyRecord): string {
	return record.name ?? '';
}
