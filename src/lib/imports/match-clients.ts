import type { Client } from '$lib/domain/client.ts';
import { foldName } from '$lib/domain/person-name.ts';
import type { MatchReason } from './match-policy.ts';
import { People, ways } from './people.ts';
import { PersonSigns } from './person-signs.ts';
import type { ClientRow } from './read-row.ts';

/** Whether a row says nothing that is not known of a client. */
export type IsKnown = (known: Client, row: ClientRow) => boolean;

/** Whom a row is. A known client is given by her index among those there are. */
export type Place =
	| { kind: 'new' }
	| {
			kind: 'known';
			person: number;
			reason: MatchReason;
			/** The row says nothing new of her. */
			isExact: boolean;
	  }
	/** The same client as an earlier row, by its key; `person` is -1 when she is new. */
	| { kind: 'repeat'; earlier: number; person: number }
	/** To be settled when all rows have been placed, those of a lower rank first; its rank may turn out higher. */
	| { kind: 'later'; rank: number };

/**
 * The rows of a file and the clients there are, known by what tells one person from another. A row has
 * a key that is not 0.
 */
export interface ClientMatcher {
	/**
	 * Whom a row is as far as that is beyond doubt; the row is remembered for those after it. A client of
	 * whom it says nothing new is looked for in the surest way that finds anybody, or in every way.
	 */
	place(row: ClientRow, key: number, isKnown: IsKnown, isEveryWay: boolean): Place;
	/** Whom a row is that was to be settled later, now that those of a lower `rank` are; for good when it is left out. */
	settle(row: ClientRow, key: number, isKnown: IsKnown, isEveryWay: boolean, rank?: number): Place;
	/** All known clients who are the row's client in any way. */
	everybody(row: ClientRow): number[];
	/** Says that a row is this known client; the key of the earlier row that is her already, else 0. */
	claim(person: number, key: number): number;
	/** Says what a known client has become. */
	renew(person: number, client: Client): void;
	/** A known client with what the rows so far made of her. */
	current(person: number): Client;
	/** What tells the client of the row that was placed or settled last. */
	readonly signs: PersonSigns;
}

/** Rows that say nothing new come first, by way; then those of which nothing differs, then the others. */
const alikeRank = ways.length;
export const rankCount = ways.length * 3 + 1;
const unmatched = rankCount - 1;

const isNew: Place = { kind: 'new' };

/**
 * A row that says nothing new of a client is that client, wherever it stands in the file, and no other
 * row is; where it says nothing new of several, it is any of them. What is left goes by how sure a
 * match is, then by the order of the file. So a file that is taken in twice finds each of its clients
 * where the first time left them, however alike they are.
 */
export function makeMatcher(known: readonly Client[], expectedRows = 0): ClientMatcher {
	const here = new People(known.length);
	// Where there is nobody yet, the rows are new; else they hardly are.
	const inFile = new People(known.length === 0 ? expectedRows : 0);
	const keysInFile: number[] = [];
	const signs = new PersonSigns();
	const claimedBy = new Int32Array(known.length);
	const changed = new Map<number, Client>();
	const current = (person: number) => changed.get(person) ?? (known[person] as Client);

	/** What one look finds; kept over the looks, because every row takes one. */
	let row: ClientRow;
	let isKnown: IsKnown = () => false;
	let [at, way, exactWay] = [0, 0, 0];
	let first = -1;
	let exact: number[] = [];
	let [freeAlike, free] = [-1, -1];

	function note(person: number): boolean {
		const client = current(person);
		if (at > 0 && !isSameName(client, row.client)) return false;
		if (isKnown(client, row)) {
			if (exact.length === 0) exactWay = at;
			if (!exact.includes(person)) exact.push(person);
		}
		if (first < 0) {
			first = person;
			way = at;
		}
		if (way === at && claimedBy[person] === 0) {
			if (free < 0) free = person;
			if (freeAlike < 0 && here.hasAll(person, signs)) freeAlike = person;
		}
		return false;
	}

	/**
	 * Looks for the clients whom the row may be in the surest way that finds any. Of whom a row says
	 * nothing new by 'update' is found there too; by 'fill blanks' perhaps only in another way.
	 */
	function look(client: ClientRow, by: IsKnown, isEveryWay: boolean): boolean {
		row = client;
		isKnown = by;
		if (exact.length > 0) exact = [];
		first = free = freeAlike = -1;
		for (at = 0; at < ways.length && (isEveryWay || first < 0); at += 1) here.each(signs, at, note);
		return first >= 0;
	}

	const repeat = (person: number): Place => ({
		kind: 'repeat',
		earlier: claimedBy[person] as number,
		person,
	});

	function claimed(person: number, key: number, isExact: boolean): Place {
		claimedBy[person] = key;
		const reason = ways[isExact ? exactWay : way] as MatchReason;
		return { kind: 'known', person, reason, isExact };
	}

	/** Where a row says nothing new of several, nobody can say which of them it is: it speaks for them all. */
	function claimedExact(key: number): Place {
		const unclaimed = exact.filter((person) => claimedBy[person] === 0);
		for (const person of unclaimed) claimedBy[person] = key;
		const [person] = unclaimed;
		return person === undefined ? repeat(exact[0] as number) : claimed(person, key, true);
	}

	const rank = () => (exact.length > 0 ? exactWay : alikeRank + way * 2 + (freeAlike >= 0 ? 0 : 1));

	let twin = -1;
	const isTwin = (person: number) => {
		twin = person;
		return true;
	};

	function placeInFile(key: number): Place {
		twin = -1;
		for (let at = 0; at < ways.length && twin < 0; at += 1) inFile.each(signs, at, isTwin);
		if (twin >= 0) return { kind: 'repeat', earlier: keysInFile[twin] as number, person: -1 };
		inFile.put(keysInFile.length, signs);
		keysInFile.push(key);
		return isNew;
	}

	// The last put is found first: of equals the first client is to be.
	for (let person = known.length - 1; person >= 0; person -= 1) {
		signs.read(known[person] as Client);
		here.put(person, signs);
	}

	return {
		signs,
		current,
		place(row, key, isKnown, isEveryWay) {
			signs.read(row.client);
			if (known.length === 0 || !look(row, isKnown, isEveryWay)) return placeInFile(key);
			return exact.length > 0 ? claimedExact(key) : { kind: 'later', rank: rank() };
		},
		settle(row, key, isKnown, isEveryWay, atRank = unmatched) {
			signs.read(row.client);
			const isFound = look(row, isKnown, isEveryWay);
			const found = isFound ? rank() : unmatched;
			if (found > atRank) return { kind: 'later', rank: found };
			if (!isFound) return placeInFile(key);
			if (exact.length > 0) return claimedExact(key);
			const person = freeAlike < 0 ? free : freeAlike;
			return person < 0 ? repeat(first) : claimed(person, key, false);
		},
		everybody(row) {
			signs.read(row.client);
			// As if it said nothing new of anybody: then all of them are kept.
			look(row, () => true, true);
			return exact;
		},
		claim(person, key) {
			const earlier = claimedBy[person] as number;
			if (earlier === 0) claimedBy[person] = key;
			return earlier;
		},
		renew(person, client) {
			const isSameToFind = identity.every((field) => client[field] === current(person)[field]);
			changed.set(person, client);
			if (isSameToFind) return;
			signs.read(client);
			here.put(person, signs);
		},
	};
}

/** The fields that `PersonSigns` reads. */
const identity = [
	'firstName',
	'lastName',
	'externalId',
	'dateOfBirth',
	'emailAddress',
	'phone',
] as const;

function isSameName(a: Client, b: Client): boolean {
	if (a.firstName === b.firstName && a.lastName === b.lastName) return true;
	return foldName(`${a.firstName} ${a.lastName}`) === foldName(`${b.firstName} ${b.lastName}`);
}
