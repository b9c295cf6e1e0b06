import { type Alike, AlikeIndex, type Sought } from '$lib/domain/alike-clients.ts';
import type { Client } from '$lib/domain/client.ts';
import type { Table } from '$lib/domain/table.ts';
import { theVault } from '$lib/vault/the-vault.ts';

/** A client whom the new one may be, with what speaks for it. */
export interface AlikeClient extends Pick<Alike, 'reasons'> {
	client: Client;
}

/** As many as one reads while typing. */
const most = 4;
/** A page may be blocked no longer than a frame or so: the rest of the index waits for the next turn. */
const turnMs = 12;
const pauseMs = 120;

/** Looks for likely duplicates while a person types; nothing of it blocks the page or the person. */
export class AlikeLook {
	#found = $state.raw<readonly AlikeClient[]>([]);
	#index: Promise<{ index: AlikeIndex; clients: Table<Client> }> | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#asked = 0;

	get found(): readonly AlikeClient[] {
		return this.#found;
	}

	/** Looks once the person pauses. */
	look(sought: Sought): void {
		clearTimeout(this.#timer);
		const asked = ++this.#asked;
		this.#timer = setTimeout(() => {
			// What is likely is a hint: without it all else works.
			void this.#find(sought, asked).catch(() => {});
		}, pauseMs);
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#asked++;
	}

	async #find(sought: Sought, asked: number): Promise<void> {
		this.#index ??= buildIndex();
		const { index, clients } = await this.#index;
		if (asked !== this.#asked) return;
		this.#found = index
			.find(sought, most)
			.map(({ index: place, reasons }) => ({ client: clients.row(place), reasons }));
	}
}

async function buildIndex() {
	const vault = await theVault();
	await vault.load('clients');
	const clients = vault.snapshot.table('clients');
	const index = new AlikeIndex();
	let turnEndsAt = performance.now() + turnMs;
	for (const part of clients.parts) {
		index.add(part);
		if (performance.now() < turnEndsAt) continue;
		await new Promise((resolve) => setTimeout(resolve));
		turnEndsAt = performance.now() + turnMs;
	}
	return { index, clients };
}
