import { SvelteSet } from 'svelte/reactivity';

/** The messages that a person picked out of the list, to do the same to all of them. */
export class Selection {
	#ids = new SvelteSet<string>();
	/** Where a range begins that Shift ends. */
	#anchorId = '';

	get size(): number {
		return this.#ids.size;
	}

	has(id: string): boolean {
		return this.#ids.has(id);
	}

	/** `order`: all ids as the list shows them; with it, everything from the last one picked to this one. */
	choose(id: string, isChosen: boolean, order?: readonly string[]): void {
		const anchor = order?.indexOf(this.#anchorId) ?? -1;
		const at = order?.indexOf(id) ?? -1;
		const ids =
			order && anchor >= 0 && at >= 0
				? order.slice(Math.min(anchor, at), Math.max(anchor, at) + 1)
				: [id];
		this.#anchorId = id;
		for (const one of ids)
			if (isChosen) this.#ids.add(one);
			else this.#ids.delete(one);
	}

	chooseAll(ids: readonly string[]): void {
		for (const id of ids) this.#ids.add(id);
	}

	clear(): void {
		this.#ids.clear();
		this.#anchorId = '';
	}
}
