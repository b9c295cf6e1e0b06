import { fullName, type Client } from './client.ts';
import { makeFold } from './fold.ts';
import type { Columns } from './table.ts';

/** Words of three letters that a name key holds. */
export const wordsAKey = 8;
const lettersAKey = 3 * wordsAKey;
const lettersMask = 0x7fff;
/** On the last word: further letters, or such as have no rank of their own, are not in it. */
const isCutBit = 0x8000;

/** Letters with a rank of their own, from 1, by code unit. What lies between two of them is cut off. */
const ranked = " &'-.abcdefghijklmnopqrstuvwxyz";
const lastRank = ranked.length;
const rankOfCode = new Uint8Array(128);
for (let code = 0, rank = 0; code < 128; code++) {
	if (ranked.charCodeAt(rank) === code) rank++;
	rankOfCode[code] = rank;
}
const hasRank = Uint8Array.from(rankOfCode, (_, code) =>
	ranked.includes(String.fromCharCode(code)) ? 1 : 0,
);

type Named = Pick<Client, 'firstName' | 'lastName' | 'preferredName'>;

/** A name as it is sorted: folded, the preferred one where there is no other. */
export function nameText(client: Named, fold: (text: string) => string): string {
	const firstName = fold(client.firstName);
	const lastName = fold(client.lastName);
	return fullName({ firstName, lastName }) || fold(client.preferredName);
}

/** `nameText` of many. */
export function nameTexts(
	clients: Columns<Client>,
	fold: (text: string) => string = makeFold(),
): (at: number) => string {
	const firstNames = clients.column('firstName');
	const lastNames = clients.column('lastName');
	const preferredNames = clients.column('preferredName');
	return (at) => {
		const [firstName, lastName] = [fold(firstNames.at(at)), fold(lastNames.at(at))];
		return fullName({ firstName, lastName }) || fold(preferredNames.at(at));
	};
}

/**
 * Of each client `wordsAKey` numbers that sort as the first letters of her name do; 0 is the first of
 * them for no name alone. First the first one of all clients, then the second one of all: a sort looks at
 * one after the other.
 */
export function nameKeysOf(clients: Columns<Client>): Uint16Array<ArrayBuffer> {
	const keys = new Uint16Array(clients.length * wordsAKey);
	const textAt = nameTexts(clients);
	for (let at = 0; at < clients.length; at++) writeNameKey(keys, at, textAt(at));
	return keys;
}

/** `keys` hold zeros where the key of the row `index` goes. */
export function writeNameKey(keys: Uint16Array, index: number, text: string): void {
	const count = keys.length / wordsAKey;
	let isCut = text.length > lettersAKey;
	let letters = Math.min(text.length, lettersAKey);
	let filling = 0;
	let word = 0;
	let place = index;
	for (let at = 0, left = 3; at < letters; at++) {
		if (filling === 0) {
			const code = text.charCodeAt(at);
			const rank = code < 128 ? (rankOfCode[code] ?? 0) : lastRank;
			const isOwn = code < 128 && hasRank[code] === 1;
			word = word * 32 + rank;
			if (!isOwn) {
				// It comes after all that begins with the letter before it, whatever follows there.
				filling = lastRank;
				letters = lettersAKey;
				isCut = true;
			}
		} else word = word * 32 + filling;
		if (--left > 0 && at < letters - 1) continue;
		keys[place] = word * 32 ** left;
		place += count;
		word = 0;
		left = 3;
	}
	const last = keys.length - count + index;
	if (isCut) keys[last] = (keys[last] ?? 0) | isCutBit;
}

/**
 * The rows in the order of their keys, from the order in which `order` has them; nameless ones last.
 * Letter by letter from the last one, with no comparison: only who has equal keys that were cut off is
 * compared, by `textAt`.
 */
export function orderByNameKeys(
	keys: Uint16Array,
	order: Uint32Array<ArrayBuffer>,
	isDescending: boolean,
	textAt: (index: number) => string,
): Uint32Array<ArrayBuffer> {
	let sorted = order;
	let next = new Uint32Array(order.length);
	const places = new Uint32Array(nameless + 1);
	const count = order.length;
	for (let word = wordsAKey - 1; word >= 0; word--) {
		const words = keys.subarray(word * count, (word + 1) * count);
		// That the first one is 0 says that there is no name.
		const last = word === 0 ? 0 : -1;
		if (sortByWord(words, { last, isDescending, places }, sorted, next))
			[sorted, next] = [next, sorted];
	}
	sortCut(keys, sorted, isDescending, textAt);
	return sorted;
}

const nameless = lettersMask + 1;

/** Returns false, and sorts nothing, where all have the same. */
function sortByWord(
	words: Uint16Array,
	{ last, isDescending, places }: { last: number; isDescending: boolean; places: Uint32Array },
	from: Uint32Array,
	to: Uint32Array,
): boolean {
	places.fill(0);
	const flip = isDescending ? lettersMask : 0;
	for (let at = 0; at < words.length; at++) {
		const letters = (words[at] as number) & lettersMask;
		const bucket = letters === last ? nameless : letters ^ flip;
		places[bucket] = (places[bucket] as number) + 1;
	}
	for (let bucket = 0, place = 0; bucket <= nameless; bucket++) {
		const count = places[bucket] as number;
		if (count === from.length) return false;
		places[bucket] = place;
		place += count;
	}
	for (let at = 0; at < from.length; at++) {
		const row = from[at] as number;
		const letters = (words[row] as number) & lettersMask;
		const bucket = letters === last ? nameless : letters ^ flip;
		const place = places[bucket] as number;
		places[bucket] = place + 1;
		to[place] = row;
	}
	return true;
}

function sortCut(
	keys: Uint16Array,
	order: Uint32Array<ArrayBuffer>,
	isDescending: boolean,
	textAt: (index: number) => string,
): void {
	const lastWords = keys.subarray(keys.length - order.length);
	const isCut = (at: number) => ((lastWords[order[at] ?? 0] ?? 0) & isCutBit) !== 0;
	for (let start = 0; start < order.length; start++) {
		let hasCut = isCut(start);
		let end = start + 1;
		// Whole names of equal keys are equal, and stay as they are.
		while (end < order.length && (hasCut || isCut(end)) && areEqual(keys, order, end - 1, end)) {
			hasCut = true;
			end++;
		}
		if (end - start > 1) sortRun(order.subarray(runStart(start), end));
		start = end - 1;
	}

	/** Whole names may stand before the first one that was cut off. */
	function runStart(start: number): number {
		let at = start;
		while (at > 0 && areEqual(keys, order, at - 1, at)) at--;
		return at;
	}

	function sortRun(run: Uint32Array): void {
		const texts = new Map<number, string>();
		for (const row of run) texts.set(row, textAt(row));
		const sign = isDescending ? -1 : 1;
		run.sort((a, b) => {
			const [left, right] = [texts.get(a) ?? '', texts.get(b) ?? ''];
			return left === right ? 0 : left < right ? -sign : sign;
		});
	}
}

function areEqual(keys: Uint16Array, order: Uint32Array, a: number, b: number): boolean {
	const left = order[a] ?? 0;
	const right = order[b] ?? 0;
	for (let word = 0; word < keys.length; word += order.length)
		if ((((keys[word + left] ?? 0) ^ (keys[word + right] ?? 0)) & lettersMask) !== 0) return false;
	return true;
}
