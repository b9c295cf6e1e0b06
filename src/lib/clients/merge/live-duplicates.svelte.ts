import type { Client } from '$lib/domain/client.ts';
import { findLikelyDuplicates, type LikelyPair } from '$lib/domain/likely-duplicates.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { ToldApart } from '$lib/domain/settings/clients.ts';
import type { Table } from '$lib/domain/table.ts';
import { idleMoment } from '$lib/platform/idle.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import type { Snapshot } from '$lib/vault/types.ts';
import { createSubscriber } from 'svelte/reactivity';

/** A page answers in between. */
const stepMs = 8;

interface Found {
	clients: Table<Client>;
	pairs: readonly LikelyPair[];
	notSame: ToldApart['pairs'];
}

/** The last look, for the next screen that asks: nothing is looked for twice. */
let last: Found | undefined;

/** Likely duplicates as a rune: looked for while the page is idle, and anew when a client changes. */
export class LiveDuplicates {
	#looking: symbol | undefined;
	#problem: unknown;

	#subscribe = createSubscriber((update) => {
		let stop: (() => void) | undefined;
		let isGone = false;
		const start = async () => {
			const vault = await theVault();
			await vault.load('clients', 'settings');
			if (isGone) return;
			const look = () => void this.#look(() => vault.snapshot, update);
			stop = vault.follow(look);
			look();
		};
		start().catch((error: unknown) => {
			this.#problem = error;
			update();
		});
		return () => {
			isGone = true;
			this.#looking = undefined;
			stop?.();
		};
	});

	/** Undefined until they are found the first time; from then on what was found last. */
	get current(): Found | undefined {
		this.#subscribe();
		return last;
	}

	/** Why nothing can be found; undefined when nothing is wrong. */
	get problem(): unknown {
		this.#subscribe();
		return this.#problem;
	}

	async #look(state: () => Snapshot, update: () => void): Promise<void> {
		const clients = state().table('clients');
		const { pairs: notSame } = settingsFrom(state().rows('settings'), 'told-apart');
		if (last?.clients === clients && last.notSame === notSame) return update();
		// A newer look ends this one: it would find what is no longer so.
		const looking = (this.#looking = Symbol());
		const steps = findLikelyDuplicates(clients, notSame);
		for (;;) {
			await idleMoment();
			const until = performance.now() + stepMs;
			while (performance.now() < until) {
				if (this.#looking !== looking) return;
				const { done, value } = steps.next();
				if (!done) continue;
				last = { clients, pairs: value, notSame };
				return update();
			}
		}
	}
}
