import type { Client } from '$lib/domain/client.ts';
import type { Table } from '$lib/domain/table.ts';

/** Who is selected among these clients: 1 at their places. Never mutated. */
export interface ChosenClients {
	readonly clients: Table<Client>;
	readonly marks: Uint8Array;
	readonly size: number;
}

export function nobodyOf(clients: Table<Client>): ChosenClients {
	return { clients, marks: new Uint8Array(clients.length), size: 0 };
}

/** With these places selected, or not selected, as well. A copy: a byte a client costs next to nothing. */
export function withPlaces(
	{ clients, marks, size }: ChosenClients,
	places: Iterable<number>,
	isChosen: boolean,
): ChosenClients {
	const next = marks.slice();
	let count = size;
	for (const place of places) {
		if ((next[place] === 1) === isChosen) continue;
		next[place] = isChosen ? 1 : 0;
		count += isChosen ? 1 : -1;
	}
	return { clients, marks: next, size: count };
}

/** The ids of those who are selected, in the clients' order. */
export function chosenIds({ clients, marks, size }: ChosenClients): string[] {
	const ids: string[] = [];
	const column = clients.column('id');
	for (let at = marks.indexOf(1); at >= 0 && ids.length < size; at = marks.indexOf(1, at + 1))
		ids.push(column.at(at));
	return ids;
}

/** The same people among clients as they are now; who is gone is not selected any more. */
export function carriedOver(chosen: ChosenClients, clients: Table<Client>): ChosenClients {
	if (chosen.clients === clients) return chosen;
	if (chosen.size === 0) return nobodyOf(clients);
	const ids = new Set(chosenIds(chosen));
	const places: number[] = [];
	let place = 0;
	for (const part of clients.parts) {
		const column = part.column('id');
		for (let at = 0; at < part.length; at++, place++)
			if (ids.has(column.at(at))) places.push(place);
	}
	return withPlaces(nobodyOf(clients), places, true);
}

/** How many of these places are selected. */
export function countChosen({ marks }: ChosenClients, places: Iterable<number>): number {
	let count = 0;
	for (const place of places) count += marks[place] ?? 0;
	return count;
}
