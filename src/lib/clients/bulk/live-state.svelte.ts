import type { CollectionName } from '$lib/domain/collections.ts';
import type { GoesWithInput } from '$lib/domain/what-goes-with.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import type { Snapshot } from '$lib/vault/types.ts';
import { createSubscriber } from 'svelte/reactivity';

/** The newest state with these collections as a rune, whose rows stay packed; undefined until they are read. */
export class LiveState {
	#current: Snapshot | undefined;
	readonly #subscribe: () => void;

	constructor(...names: readonly CollectionName[]) {
		this.#subscribe = createSubscriber((update) => {
			let stop: (() => void) | undefined;
			let isGone = false;
			const start = async () => {
				const vault = await theVault();
				await vault.load(...names);
				if (isGone) return;
				const look = (now: Snapshot) => {
					this.#current = now;
					update();
				};
				stop = vault.follow(look);
				look(vault.snapshot);
			};
			// The frame opens the same vault and says what is wrong with it.
			start().catch(() => {});
			return () => {
				isGone = true;
				stop?.();
			};
		});
	}

	get current(): Snapshot | undefined {
		this.#subscribe();
		return this.#current;
	}
}

/** What `whatGoesWith` looks at. */
export function goesWithInput(state: Snapshot): GoesWithInput {
	return {
		clients: state.table('clients'),
		contacts: state.table('contacts'),
		portalUsers: state.table('portalUsers'),
		invitations: state.table('invitations'),
		messages: state.table('messages'),
		rows: { invitations: state.rows('invitations'), messages: state.rows('messages') },
	};
}
