import { fullName, type Client } from '$lib/domain/client.ts';
import { fold } from '$lib/domain/fold.ts';

export type SortBy = 'name' | 'address' | 'professional' | 'added';

export interface Sort {
	by: SortBy;
	isDescending: boolean;
}

/** The positions of the rows in the order asked; equal ones keep theirs, empty ones come last. */
export function sortOrder(clients: readonly Client[], { by, isDescending }: Sort): Uint32Array {
	const sign = isDescending ? -1 : 1;
	if (by === 'added')
		return placesOf(
			Float64Array.from(clients, (client) => sign * client.addedAt || 0),
			() => 0,
		);
	const keys = clients.map(keyOf[by]);
	const heads = Float64Array.from(keys, (key) => (key === '' ? Infinity : sign * headOf(key)));
	return placesOf(heads, (a, b) => sign * compare(keys[a] ?? '', keys[b] ?? ''));
}

/**
 * Sorts by the heads alone, as plain numbers, which a browser does many times faster than by a
 * comparison of ours; only those whose heads are equal are compared.
 */
function placesOf(heads: Float64Array, compareTails: (a: number, b: number) => number) {
	const sorted = heads.slice().sort();
	const order = new Uint32Array(heads.length);
	/** How many share the head that first stands here in the sorted ones. */
	const shared = new Uint32Array(heads.length);
	heads.forEach((head, index) => {
		const start = firstPlace(sorted, head);
		order[start + (shared[start] ?? 0)] = index;
		shared[start] = (shared[start] ?? 0) + 1;
	});
	for (let start = 0; start < order.length; start += shared[start] ?? 1) {
		const end = start + (shared[start] ?? 1);
		if (end - start > 1) order.subarray(start, end).sort((a, b) => compareTails(a, b) || a - b);
	}
	return order;
}

function firstPlace(sorted: Float64Array, head: number): number {
	let from = 0;
	let to = sorted.length;
	while (from < to) {
		const middle = (from + to) >>> 1;
		if ((sorted[middle] ?? 0) < head) from = middle + 1;
		else to = middle;
	}
	return from;
}

const keyOf: Record<Exclude<SortBy, 'added'>, (client: Client) => string> = {
	name: (client) => fold(fullName(client) || client.preferredName),
	address: (client) => fold(client.emailAddress),
	professional: (client) => fold(client.professional),
};

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/** The first seven letters as one number that sorts as they do, up to the first that is not ASCII. */
function headOf(key: string): number {
	let head = 0;
	let isAscii = true;
	for (let at = 0; at < 7; at++) {
		const code: number = isAscii && at < key.length ? Math.min(key.charCodeAt(at), 127) : 0;
		isAscii &&= code < 127;
		head = head * 128 + code;
	}
	return head;
}
