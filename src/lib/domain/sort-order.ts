import { clientColumns, type ClientColumn } from './client-columns.ts';
import { openDigest } from './client-digest.ts';
import { clientStatuses, type Client } from './client.ts';
import { makeFold } from './fold.ts';
import { nameKeysOf, nameTexts, orderByNameKeys, wordsAKey } from './name-keys.ts';
import { orderOfNumbers, orderOfTexts } from './order-of.ts';
import { asTable, type Columns, type Table } from './table.ts';

export type SortBy = ClientColumn;

export interface Sort {
	by: SortBy;
	isDescending: boolean;
}

export const byName: Sort = { by: 'name', isDescending: false };

export interface SortFacts {
	/** An order of the rows that equal ones keep; without it they keep their own. */
	ties?: Uint32Array;
	/** By row, its place on the way to the portal. */
	standings?: Uint8Array;
}

/** The positions of the rows in the order asked; equal ones keep theirs, empty ones come last. */
export function sortOrder(
	clients: readonly Client[] | Table<Client>,
	{ by, isDescending }: Sort,
	{ ties, standings }: SortFacts = {},
): Uint32Array {
	const { parts } = asTable(clients);
	if (by === 'portal') return inTies(Array.from(standings ?? []), orderOfNumbers);
	if (by === 'added') return inTies(parts.flatMap(additions), orderOfNumbers);
	if (by === 'status') return inTies(parts.flatMap(statuses), orderOfNumbers);
	if (by === 'name') return nameOrder(parts, isDescending, ties);
	const fold = makeFold();
	const keys: string[] = [];
	for (const part of parts) {
		const keyAt = keysBy[by](part, fold);
		for (let index = 0; index < part.length; index++) keys.push(keyAt(index));
	}
	return inTies(keys, orderOfTexts);

	function inTies<Key>(
		keys: readonly Key[],
		orderOf: (keys: readonly Key[], isDescending: boolean) => Uint32Array,
	): Uint32Array {
		if (!ties) return orderOf(keys, isDescending);
		const tied = Array.from(ties, (at) => keys[at] as Key);
		return orderOf(tied, isDescending).map((place) => ties[place] ?? 0);
	}
}

/** By the keys that the rows were stored with; only where there are none is a name read. */
function nameOrder(
	parts: readonly Columns<Client>[],
	isDescending: boolean,
	ties: Uint32Array | undefined,
): Uint32Array {
	const count = parts.reduce((sum, { length }) => sum + length, 0);
	const keys = new Uint16Array(count * wordsAKey);
	const starts: number[] = [];
	let start = 0;
	for (const part of parts) {
		const { length } = part;
		const words = openDigest(part)?.nameKeys ?? nameKeysOf(part);
		for (let word = 0; word < wordsAKey; word++)
			keys.set(words.subarray(word * length, (word + 1) * length), word * count + start);
		starts.push(start);
		start += part.length;
	}
	const order = ties?.slice() ?? new Uint32Array(count);
	if (!ties) for (let index = 0; index < count; index++) order[index] = index;
	const fold = makeFold();
	const texts = new Map<number, (at: number) => string>();
	return orderByNameKeys(keys, order, isDescending, (index) => {
		let at = starts.findLastIndex((first) => first <= index);
		const part = parts[at];
		if (!part) return '';
		let textAt = texts.get(at);
		if (!textAt) texts.set(at, (textAt = nameTexts(part, fold)));
		at = starts[at] ?? 0;
		return textAt(index - at);
	});
}

type KeysOf = (clients: Columns<Client>, fold: (text: string) => string) => (at: number) => string;
type ByText = Exclude<SortBy, 'name' | 'added' | 'status' | 'portal'>;

const keysBy: Record<ByText, KeysOf> = {
	address(clients, fold) {
		const emailAddresses = clients.column('emailAddress');
		return (at) => fold(emailAddresses.at(at));
	},
	phone(clients) {
		const phones = clients.column('phone');
		return (at) => phones.at(at).replace(/\D+/g, '');
	},
	professional(clients, fold) {
		const professionals = clients.column('professional');
		return (at) => fold(professionals.at(at));
	},
	tags(clients, fold) {
		const tags = clients.column('tags');
		return (at) => fold(tags.at(at)?.join(', ') ?? '');
	},
	born(clients) {
		const birthdays = clients.column('dateOfBirth');
		return (at) => birthdays.at(at);
	},
};

function additions(clients: Columns<Client>): number[] {
	const column = clients.column('addedAt');
	return Array.from({ length: clients.length }, (_, index) => column.at(index));
}

function statuses(clients: Columns<Client>): number[] {
	const column = clients.column('status');
	return Array.from({ length: clients.length }, (_, index) =>
		clientStatuses.indexOf(column.at(index)),
	);
}

/** "name", "-added": an order as the query of an address has it. */
export function sortToText({ by, isDescending }: Sort): string {
	return `${isDescending ? '-' : ''}${by}`;
}

/** By name where nobody understands the text. */
export function sortFromText(text: string | null | undefined): Sort {
	const isDescending = text?.startsWith('-') ?? false;
	const by = clientColumns.find((column) => column === (isDescending ? text?.slice(1) : text));
	return by ? { by, isDescending } : byName;
}

export function isSameSort(a: Sort, b: Sort): boolean {
	return a.by === b.by && a.isDescending === b.isDescending;
}
