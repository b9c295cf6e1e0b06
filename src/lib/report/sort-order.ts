import { fullName, type Client } from '$lib/domain/client.ts';
import { makeFold } from '$lib/domain/fold.ts';
import { asTable, type Columns, type Table } from '$lib/domain/table.ts';
import { orderOfNumbers, orderOfTexts } from './order-of.ts';

export type SortBy = 'name' | 'address' | 'professional' | 'added';

export interface Sort {
	by: SortBy;
	isDescending: boolean;
}

/** The positions of the rows in the order asked; equal ones keep theirs, empty ones come last. */
export function sortOrder(
	clients: readonly Client[] | Table<Client>,
	{ by, isDescending }: Sort,
): Uint32Array {
	const { parts } = asTable(clients);
	if (by === 'added') return orderOfNumbers(parts.flatMap(additions), isDescending);
	const fold = makeFold();
	const keys: string[] = [];
	for (const part of parts) {
		const keyAt = keysBy[by](part, fold);
		for (let index = 0; index < part.length; index++) keys.push(keyAt(index));
	}
	return orderOfTexts(keys, isDescending);
}

type KeysOf = (clients: Columns<Client>, fold: (text: string) => string) => (at: number) => string;

const keysBy: Record<Exclude<SortBy, 'added'>, KeysOf> = {
	name(clients, fold) {
		const firstNames = clients.column('firstName');
		const lastNames = clients.column('lastName');
		const preferredNames = clients.column('preferredName');
		return (at) => {
			const firstName = fold(firstNames.at(at));
			const lastName = fold(lastNames.at(at));
			return fullName({ firstName, lastName }) || fold(preferredNames.at(at));
		};
	},
	address(clients, fold) {
		const emailAddresses = clients.column('emailAddress');
		return (at) => fold(emailAddresses.at(at));
	},
	professional(clients, fold) {
		const professionals = clients.column('professional');
		return (at) => fold(professionals.at(at));
	},
};

function additions(clients: Columns<Client>): number[] {
	const column = clients.column('addedAt');
	return Array.from({ length: clients.length }, (_, index) => column.at(index));
}
