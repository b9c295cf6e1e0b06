import type { VaultPorts } from './database.ts';

/** What contexts of one origin say to each other about the data key. */
type KeyMessage =
	| { type: 'ask'; name: string }
	| { type: 'key'; name: string; key: CryptoKey }
	| { type: 'lock' }
	| { type: 'release' };

/** A context that has the key answers at once, unless its page is busy. */
const patienceMs = 400;

/**
 * The unwrapped data key in this context's memory, once a passphrase is set. Contexts that are unlocked
 * hand it to those that open later; one says 'lock', and all let go of it.
 */
export class KeyHolder {
	readonly #channel: BroadcastChannel | undefined;
	readonly #given = new Set<() => void>();
	readonly #locked = new Set<() => void>();
	readonly #released = new Set<() => void>();
	#held: { name: string; key: CryptoKey } | undefined;

	constructor(databaseName: string, ports: Pick<VaultPorts, 'openChannel'>) {
		this.#channel = ports.openChannel?.(`portico/key/${databaseName}`);
		this.#channel?.addEventListener('message', ({ data }: MessageEvent<KeyMessage>) =>
			this.#hear(data),
		);
	}

	/** A passphrase is set, and somebody has unlocked. */
	get isHolding(): boolean {
		return this.#held !== undefined;
	}

	/** The key of this name: held here, or handed over by another context; undefined when none has it. */
	async find(name: string): Promise<CryptoKey | undefined> {
		if (this.#held?.name === name) return this.#held.key;
		if (!this.#channel) return undefined;
		return new Promise((resolve) => {
			const end = () => {
				clearTimeout(timer);
				this.#given.delete(look);
				resolve(this.#held?.name === name ? this.#held.key : undefined);
			};
			const look = () => {
				if (this.#held?.name === name) end();
			};
			const timer = setTimeout(end, patienceMs);
			this.#given.add(look);
			this.#say({ type: 'ask', name });
		});
	}

	/** Unlocked here: every other context gets it too. */
	hold(name: string, key: CryptoKey): void {
		this.#keep(name, key);
		this.#say({ type: 'key', name, key });
	}

	/** Lets go of the key here and in every other context. */
	lock(): void {
		this.#say({ type: 'lock' });
		this.#forget(this.#locked);
	}

	/** No passphrase is set any more: the key lies open on disk, and whoever works with it goes on. */
	release(): void {
		this.#say({ type: 'release' });
		this.#forget(this.#released);
	}

	/** Calls back when a key came, from here or from another context. */
	whenGiven(listener: () => void): () => void {
		this.#given.add(listener);
		return () => this.#given.delete(listener);
	}

	/** Calls back when this or another context locked. */
	whenLocked(listener: () => void): () => void {
		this.#locked.add(listener);
		return () => this.#locked.delete(listener);
	}

	/** Calls back when the passphrase was removed, from here or from another context. */
	whenReleased(listener: () => void): () => void {
		this.#released.add(listener);
		return () => this.#released.delete(listener);
	}

	close(): void {
		this.#held = undefined;
		this.#channel?.close();
	}

	#hear(message: KeyMessage): void {
		if (message.type === 'lock') this.#forget(this.#locked);
		else if (message.type === 'release') this.#forget(this.#released);
		else if (message.type === 'key') this.#keep(message.name, message.key);
		else if (this.#held?.name === message.name) this.#say({ type: 'key', ...this.#held });
	}

	#keep(name: string, key: CryptoKey): void {
		this.#held = { name, key };
		for (const listener of [...this.#given]) listener();
	}

	#forget(listeners: ReadonlySet<() => void>): void {
		this.#held = undefined;
		for (const listener of [...listeners]) listener();
	}

	#say(message: KeyMessage): void {
		this.#channel?.postMessage(message);
	}
}
