import { areFirstNamesAlike } from '$lib/domain/alike-names.ts';
import type { Client } from '$lib/domain/client.ts';
import { foldName } from '$lib/domain/person-name.ts';
import { Fingerprint } from './fingerprint.ts';
import { KeyTable } from './key-table.ts';
import type { LikelyReason } from './match-policy.ts';
import { PersonFacts } from './person-facts.ts';
import {
	addressSign,
	birthSign,
	firstNameSign,
	idSign,
	lastNameSign,
	nameSign,
	phoneSign,
	signCount,
	type PersonSigns,
} from './person-signs.ts';

/**
 * Under what they are looked up, the likeliest first; two programs spell one person differently. Namesakes
 * born on known days are kept apart from the others: of two such, both are told by their days.
 */
const [birthWay, addressWay, phoneWay, nameWay] = [0, 1, 2, 3] as const;
const wayCount = 5;
const reasons: readonly LikelyReason[] = ['birth', 'address', 'phone', 'name-alone', 'name-alone'];

/** Beside the signs: that of what the person is called. */
const calledName = signCount;
/** Of people with the same name, no more are looked at. */
const mostAlike = 32;

/** The person whom a client may be, although nothing proves it. */
export interface Likely {
	person: number;
	reason: LikelyReason;
}

/**
 * People who may be the same. Those who were certainly born on different days never are. A shared
 * address or telephone alone means a family: the first name must be alike too.
 */
export class LikelyPeople {
	readonly #keys: KeyTable;
	readonly #facts: PersonFacts;
	/** Those of one person at a time. */
	readonly #mine = new Int32Array(signCount + 1);
	/** First names by their signs, folded; few different ones fill a file. */
	readonly #names = new Map<number, string>();
	readonly #word = new Fingerprint();
	/** Whether somebody of the same name is likely the same who has another number. */
	readonly #hasOtherIds: boolean;
	#count = 0;

	/** `hasOtherIds`: the people and those who are looked up may have been numbered by two programs. */
	constructor(expected: number, hasOtherIds: boolean) {
		this.#keys = new KeyTable(expected * 4);
		this.#facts = new PersonFacts(signCount + 1, expected);
		this.#hasOtherIds = hasOtherIds;
	}

	put(person: number, client: Client, signs: PersonSigns): void {
		this.#put(person, this.#read(client, signs), signs);
	}

	#put(person: number, mine: Int32Array, signs: PersonSigns): void {
		this.#facts.put(person, mine);
		this.#count += 1;
		for (let way = 0; way < wayCount; way += 1)
			if (hasKey(mine, way)) this.#keys.add(low(signs, way), high(signs, way), person);
	}

	find(client: Client, signs: PersonSigns): Likely | undefined {
		return this.#count === 0 ? undefined : this.#find(this.#read(client, signs), signs);
	}

	/** Finds whom a person may be, then keeps her too. */
	findAndPut(person: number, client: Client, signs: PersonSigns): Likely | undefined {
		const mine = this.#read(client, signs);
		const found = this.#count === 0 ? undefined : this.#find(mine, signs);
		this.#put(person, mine, signs);
		return found;
	}

	#find(mine: Int32Array, signs: PersonSigns): Likely | undefined {
		for (let way = 0; way < wayCount; way += 1) {
			if (!has(mine, way)) continue;
			let left = mostAlike;
			let at = this.#keys.first(low(signs, way), high(signs, way));
			for (; at >= 0 && left > 0; at = this.#keys.next(at), left -= 1) {
				const person = this.#keys.value(at);
				const reason = this.#likeness(mine, person, way);
				if (reason) return { person, reason };
			}
		}
		return undefined;
	}

	#read(client: Client, signs: PersonSigns): Int32Array {
		const mine = this.#mine;
		mine.set(signs.of);
		const first = mine[firstNameSign] as number;
		if (first !== 0 && !this.#names.has(first)) this.#names.set(first, foldName(client.firstName));
		const called = client.preferredName;
		mine[calledName] = called === '' ? 0 : this.#word.start().name(called, '').a | 1;
		return mine;
	}

	#likeness(mine: Int32Array, person: number, way: number): LikelyReason | undefined {
		if (this.#differs(mine, person, birthSign)) return undefined;
		const hasOtherId = this.#differs(mine, person, idSign);
		if (way >= nameWay) {
			if (!hasOtherId) return 'name-alone';
			return this.#hasOtherIds ? 'name-other-id' : undefined;
		}
		const facts = this.#facts;
		const [first, called] = [mine[firstNameSign] as number, mine[calledName] as number];
		const otherFirst = facts.get(person, firstNameSign);
		if (!this.#isAlike(first, called, otherFirst, facts.get(person, calledName))) return undefined;
		const isSameName =
			first === otherFirst && mine[lastNameSign] === facts.get(person, lastNameSign);
		return isSameName && hasOtherId ? 'name-other-id' : reasons[way];
	}

	#differs(mine: Int32Array, person: number, sign: number): boolean {
		const other = this.#facts.get(person, sign);
		return mine[sign] !== 0 && other !== 0 && mine[sign] !== other;
	}

	#isAlike(first: number, called: number, otherFirst: number, otherCalled: number): boolean {
		if (first === 0 || otherFirst === 0) return false;
		if (first === otherFirst || called === otherFirst || otherCalled === first) return true;
		const [one, other] = [this.#names.get(first) ?? '', this.#names.get(otherFirst) ?? ''];
		return areFirstNamesAlike(one, other);
	}
}

/** Whether somebody can be looked for in this way. */
function has(mine: Int32Array, way: number): boolean {
	switch (way) {
		case birthWay:
			return mine[birthSign] !== 0 && mine[lastNameSign] !== 0;
		case addressWay:
			return mine[addressSign] !== 0;
		case phoneWay:
			return mine[phoneSign] !== 0 && mine[lastNameSign] !== 0;
		case nameWay:
			return mine[nameSign] !== 0;
		default:
			return mine[nameSign] !== 0 && mine[birthSign] === 0;
	}
}

/** Whether somebody is to be found in this way. */
function hasKey(mine: Int32Array, way: number): boolean {
	if (way < nameWay) return has(mine, way);
	return mine[nameSign] !== 0 && (way === nameWay) === (mine[birthSign] === 0);
}

function low({ of, nameLow }: PersonSigns, way: number): number {
	if (way >= nameWay) return nameLow ^ way;
	const sign = of[way === birthWay ? birthSign : way === addressWay ? addressSign : phoneSign];
	const last = way === addressWay ? 0 : (of[lastNameSign] as number);
	const mixed = Math.imul((sign as number) ^ (last >>> 1), 0x9e3779b1);
	return (mixed ^ (mixed >>> 15)) + way;
}

function high({ of, nameHigh }: PersonSigns, way: number): number {
	if (way >= nameWay) return nameHigh;
	return way === addressWay ? (of[addressSign] as number) : (of[lastNameSign] as number);
}
