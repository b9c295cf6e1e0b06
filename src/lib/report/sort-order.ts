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
	const order = Uint32Array.from(clients, (_, index) => index);
	if (by === 'added') {
		const times = Float64Array.from(clients, (client) => client.addedAt);
		return order.sort((a, b) => sign * ((times[a] ?? 0) - (times[b] ?? 0)) || a - b);
	}
	const keys = clients.map(keyOf[by]);
	return order.sort((a, b) => {
		const difference = compare(keys[a] ?? '', keys[b] ?? '');
		if (difference === 0) return a - b;
		if (!keys[a] || !keys[b]) return keys[a] ? -1 : 1;
		return sign * difference;
	});
}

const keyOf: Record<Exclude<SortBy, 'added'>, (client: Client) => string> = {
	name: (client) => fold(fullName(client) || client.preferredName),
	address: (client) => fold(client.emailAddress),
	professional: (client) => fold(client.professional),
};

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
