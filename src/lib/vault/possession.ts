import type { Database } from './database.ts';
import { VaultProblem } from './problems.ts';

const looks = 5;
const betweenLooksMs = 200;
/** What is asked while Chromium clears a site is never answered. */
const patienceMs = 1_000;

/**
 * Whether this context still has the database that it opened. A browser deletes one under open tabs:
 * 'clear site data', developer tools. Left to itself, Dexie would open an empty one in its place.
 */
export class Possession {
	readonly #isOnDisk: () => Promise<boolean>;
	readonly #databases: Database[] = [];
	readonly #listeners = new Set<() => void>();
	#isLost = false;
	#isLetGo = false;

	/** `isOnDisk` looks whether what this context knows of is still there. */
	constructor(isOnDisk: () => Promise<boolean>) {
		this.#isOnDisk = isOnDisk;
	}

	watch(database: Database): Database {
		this.#databases.push(database);
		database.on('versionchange', ({ newVersion }) => {
			// A newer app upgrades: Dexie makes way by itself.
			if (newVersion) return undefined;
			this.lose();
			return false;
		});
		database.on('close', () => void this.#lookAgain());
		return database;
	}

	/** Throws VaultProblem when the database was taken away. */
	check(): void {
		if (this.#isLost) throw new VaultProblem('taken-away');
	}

	whenLost(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	lose(): void {
		if (this.#isLost || this.#isLetGo) return;
		this.#isLost = true;
		for (const database of this.#databases) database.close({ disableAutoOpen: true });
		for (const listener of this.#listeners) listener();
	}

	letGo(): void {
		this.#isLetGo = true;
		for (const database of this.#databases) database.close();
	}

	/** A browser also closes a connection by force; then Dexie opens it anew, and it may be empty. */
	async #lookAgain(): Promise<void> {
		for (let look = 0; look < looks; look++) {
			// Not while it is closing, or being cleared: it cannot be asked yet.
			await rest(look * betweenLooksMs);
			if (this.#isLost || this.#isLetGo) return;
			const isThere = await Promise.race([
				this.#isOnDisk().catch(() => undefined),
				rest(patienceMs),
			]);
			if (isThere === false) this.lose();
			if (isThere !== undefined) return;
		}
	}
}

function rest(ms: number): Promise<undefined> {
	return new Promise((resolve) => setTimeout(() => resolve(undefined), ms));
}
