import type { Client } from '$lib/domain/client.ts';
import type { Table } from '$lib/domain/table.ts';
import {
	carriedOver,
	chosenIds,
	countChosen,
	nobodyOf,
	withPlaces,
	type ChosenClients,
} from './chosen-clients.ts';

/** Where a range begins, what was selected before it, and where it ends by now. */
interface Range {
	anchor: number;
	before: ChosenClients;
	end: number;
}

/**
 * The clients whom a person has selected, in the list or hidden by a filter. A place is that of a
 * client among all clients; the list's own order is `shown`.
 */
export class ClientSelection {
	readonly #clients: () => Table<Client>;
	readonly #shown: () => readonly number[];
	#last = $state.raw<ChosenClients>();
	/** Those of the last choice, among the clients as they are now. */
	readonly #chosen = $derived.by(() => {
		const clients = this.#clients();
		return this.#last ? carriedOver(this.#last, clients) : nobodyOf(clients);
	});
	#range: Range | undefined;

	constructor(clients: () => Table<Client>, shown: () => readonly number[]) {
		this.#clients = clients;
		this.#shown = shown;
	}

	get size(): number {
		return this.#chosen.size;
	}

	readonly ids: readonly string[] = $derived.by(() => chosenIds(this.#chosen));

	/** How many of them the list shows now. */
	readonly shownSize: number = $derived.by(() =>
		this.#chosen.size === 0 ? 0 : countChosen(this.#chosen, this.#shown()),
	);

	/** All whom the list shows, or some of them; what the check-box above it says. */
	get isAll(): boolean {
		return this.shownSize > 0 && this.shownSize === this.#shown().length;
	}

	has(place: number): boolean {
		return this.#chosen.marks[place] === 1;
	}

	/** Selects one or takes her out of it; a range may begin here. */
	toggle(place: number): void {
		this.#last = withPlaces(this.#chosen, [place], !this.has(place));
		this.#range = { anchor: place, before: this.#last, end: place };
	}

	/** Gives all between the place of the last choice and this one what this one is to have. */
	toggleTo(place: number): void {
		const isToBeChosen = !this.has(place);
		const anchor = this.#range?.anchor ?? place;
		this.#last = withPlaces(this.#chosen, this.#between(anchor, place), isToBeChosen);
		this.#range = { anchor: place, before: this.#last, end: place };
	}

	/** Selects from one row on to the next, or fewer again on the way back. */
	extend(from: number, to: number): void {
		const isSameRange = this.#range?.end === from && this.#range.before.clients === this.#clients();
		const range =
			isSameRange && this.#range ? this.#range : { anchor: from, before: this.#chosen, end: from };
		this.#last = withPlaces(range.before, this.#between(range.anchor, to), true);
		this.#range = { ...range, end: to };
	}

	/** All whom the list shows, or none of them. */
	chooseShown(isChosen: boolean): void {
		this.#last = withPlaces(this.#chosen, this.#shown(), isChosen);
		this.#range = undefined;
	}

	clear(): void {
		this.#last = undefined;
		this.#range = undefined;
	}

	/** In the list's order; only the second where the first is not shown any more. */
	#between(anchor: number, place: number): readonly number[] {
		const shown = this.#shown();
		const [from, to] = [shown.indexOf(anchor), shown.indexOf(place)];
		if (from < 0 || to < 0) return [place];
		return shown.slice(Math.min(from, to), Math.max(from, to) + 1);
	}
}
