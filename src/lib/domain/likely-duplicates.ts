import type { Client } from './client.ts';
import { evidenceOf, makeSigns, type DuplicateReason, type Signs } from './duplicate-evidence.ts';
import { EqualTexts } from './equal-texts.ts';
import { presentIds } from './former-ids.ts';
import { asTable, type Table } from './table.ts';

/** Two profiles that are likely one person's. */
export interface LikelyPair {
	/** The profile that has been here longer, then the other. */
	ids: readonly [string, string];
	/** Their places among the clients. */
	places: readonly [number, number];
	reasons: readonly DuplicateReason[];
	/** 1 to 6, the surest. */
	strength: number;
}

/** Two ids of whom a person said that they are not the same. */
export type IdPair = readonly [string, string];

/** Of people who share a sign, so many are compared each with each; of more, each with a few beside her. */
const mostEach = 16;
const mostBeside = 6;
/** A name that more people have says nothing alone. */
const mostNamesakes = 6;
const rowsAStep = 2_000;

/**
 * Pairs of profiles that are likely one person's, the surest first. Of many profiles of one person each
 * is paired with one other, so that there is a merge a pair. Takes time by the number of clients, not by
 * its square, however many share a name, an inbox or a day. Yields often, so that a page can rest.
 */
export function* findLikelyDuplicates(
	clients: readonly Client[] | Table<Client>,
	notSame: readonly IdPair[] = [],
): Generator<void, LikelyPair[]> {
	const table = asTable(clients);
	const signs = yield* readSigns(table);
	const namesakes = new Uint32Array(signs.length);
	for (const group of yield* groupsBy(signs, ({ name }) => [name]))
		for (const at of group) namesakes[at] = group.length;
	const isCommon = (at: number) => (namesakes[at] ?? 0) > mostNamesakes;

	const seen = new Set<number>();
	const found: Omit<LikelyPair, 'ids'>[] = [];
	let work = 0;
	for (const keysOf of ways)
		for (const group of yield* groupsBy(signs, keysOf)) {
			for (const [a, b] of near(group, signs)) {
				const key = Math.min(a, b) * signs.length + Math.max(a, b);
				if (seen.has(key)) continue;
				seen.add(key);
				if (++work % rowsAStep === 0) yield;
				const evidence = evidenceOf(signs[a] as Signs, signs[b] as Signs, isCommon(a));
				if (evidence) found.push({ places: a < b ? [a, b] : [b, a], ...evidence });
			}
		}
	yield;
	found.sort((a, b) => b.strength - a.strength || a.places[0] - b.places[0]);
	return onceEach(table, found, notSame);
}

/** All at once; for a page see `findLikelyDuplicates`. */
export function likelyDuplicates(
	clients: readonly Client[] | Table<Client>,
	notSame: readonly IdPair[] = [],
): LikelyPair[] {
	const steps = findLikelyDuplicates(clients, notSame);
	for (;;) {
		const { done, value } = steps.next();
		if (done) return value;
	}
}

function* readSigns(clients: Table<Client>): Generator<void, Signs[]> {
	const signs: Signs[] = [];
	const folded = new Map<string, string>();
	for (const part of clients.parts) {
		const signsAt = makeSigns(part, folded);
		for (let at = 0; at < part.length; at++) {
			signs.push(signsAt(at));
			if (signs.length % rowsAStep === 0) yield;
		}
	}
	return signs;
}

/** What two profiles of one person have in common, one way at least: only they are compared. */
const ways: readonly ((signs: Signs) => readonly string[])[] = [
	({ inboxes }) => inboxes,
	({ phones }) => phones,
	({ name }) => [name],
	({ birth, last }) => [birth && last && `${birth} ${last}`],
	({ birth, first }) => [birth && first && `${birth} ${first}`],
];

/** The places of those who share a key, a group a key; '' is none. */
function* groupsBy(
	signs: readonly Signs[],
	keysOf: (signs: Signs) => readonly string[],
): Generator<void, number[][]> {
	const keys: string[] = [];
	const owners: number[] = [];
	for (let place = 0; place < signs.length; place++) {
		for (const key of keysOf(signs[place] as Signs))
			if (key !== '') {
				keys.push(key);
				owners.push(place);
			}
		if (place % rowsAStep === 0) yield;
	}
	const equal = new EqualTexts(keys.length, (index) => keys[index] ?? '');
	for (let index = 0; index < keys.length; index++) {
		equal.add(index, keys[index] ?? '');
		if (index % rowsAStep === 0) yield;
	}
	return equal.groups().map((group) => group.map((index) => owners[index] as number));
}

function* near(group: number[], signs: readonly Signs[]): Generator<[number, number]> {
	const isMany = group.length > mostEach;
	const nameAt = (place: number) => `${signs[place]?.first} ${signs[place]?.birth}`;
	if (isMany) group.sort((a, b) => (nameAt(a) < nameAt(b) ? -1 : 1));
	for (let at = 0; at < group.length; at++) {
		const end = isMany ? Math.min(group.length, at + 1 + mostBeside) : group.length;
		for (let next = at + 1; next < end; next++) yield [group[at] as number, group[next] as number];
	}
}

/** Without those who were told apart, and without who is connected by surer pairs already. */
function onceEach(
	clients: Table<Client>,
	found: readonly Omit<LikelyPair, 'ids'>[],
	notSame: readonly IdPair[],
): LikelyPair[] {
	const ids = clients.column('id');
	const present = notSame.length > 0 ? presentIds(clients) : new Map<string, string>();
	const keyOf = (pair: IdPair) => [...pair].sort().join(' ');
	const now = (id: string) => present.get(id) ?? id;
	const toldApart = new Set(notSame.map(([a, b]) => keyOf([now(a), now(b)])));
	const parent = Int32Array.from({ length: clients.length }, (_, at) => at);
	const rootOf = (at: number): number => {
		let root = at;
		while (parent[root] !== root) root = parent[root] = parent[parent[root] as number] as number;
		return root;
	};
	const addedAt = clients.column('addedAt');
	return found.flatMap((pair) => {
		const [a, b] = pair.places;
		const idPair: IdPair = [ids.at(a), ids.at(b)];
		if (toldApart.has(keyOf(idPair)) || rootOf(a) === rootOf(b)) return [];
		parent[rootOf(b)] = rootOf(a);
		const isInOrder = addedAt.at(a) <= addedAt.at(b);
		return [
			isInOrder
				? { ...pair, ids: idPair }
				: { ...pair, ids: [idPair[1], idPair[0]], places: [b, a] },
		];
	});
}
