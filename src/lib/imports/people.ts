import { KeyTable } from './key-table.ts';
import type { MatchReason } from './match-policy.ts';
import { PersonFacts } from './person-facts.ts';
import {
	addressSign,
	birthSign,
	companions,
	firstNameSign,
	idSign,
	nameSign,
	phoneSign,
	signCount,
	type PersonSigns,
} from './person-signs.ts';

/** By what two are the same person, the surest first. */
export const ways: readonly MatchReason[] = ['id', 'birth', 'address', 'phone', 'name'];
const [idWay, nameWay] = [0, 4] as const;
/** The sign that each way looks for beside the name. */
const signOfWay = [idSign, birthSign, addressSign, phoneSign, nameSign] as const;

/** Of people who share a name and more, no more are looked at: a file of one name must not take for ever. */
const mostAlike = 64;

/**
 * People known by what tells one from another. Rules: an id that both have settles it, as long as the name
 * agrees too, or the first name and address or birth (two programs number their clients from 1, and a
 * family may share the number of its account). Else the same name, with the
 * same date of birth, address or telephone number, or with none of them on either side; and never when
 * ids or dates of birth differ. Two people without a name are one only by their address.
 */
export class People {
	readonly #keys: KeyTable;
	readonly #facts: PersonFacts;

	constructor(expected: number) {
		this.#keys = new KeyTable(expected * 3);
		this.#facts = new PersonFacts(signCount, expected);
	}

	/** Keeps a person under a number; once more when more is known of her, or other things are. */
	put(person: number, signs: PersonSigns): void {
		this.#facts.put(person, signs.of);
		const keys = this.#keys;
		for (let way = idWay; way < nameWay; way += 1)
			if (has(signs, way)) keys.add(low(signs, way), high(signs, way), person);
		if (signs.isBare) keys.add(low(signs, nameWay), high(signs, nameWay), person);
	}

	/** Calls `take` with everybody who is this person by one way, the last put first, until it says so. */
	each(signs: PersonSigns, way: number, take: (person: number) => boolean): void {
		if (way === nameWay ? !signs.isBare : !has(signs, way)) return;
		const keys = this.#keys;
		let left = mostAlike;
		let at = keys.first(low(signs, way), high(signs, way));
		for (; at >= 0 && left > 0; at = keys.next(at), left -= 1) {
			const person = keys.value(at);
			if (this.#isSame(signs, way, person) && take(person)) return;
		}
	}

	/** Whether everything that is known of the one is so of the other too. */
	hasAll(person: number, signs: PersonSigns): boolean {
		for (let sign = nameSign; sign <= phoneSign; sign += 1)
			if (signs.of[sign] !== 0 && signs.of[sign] !== this.#facts.get(person, sign)) return false;
		return true;
	}

	#isSame(signs: PersonSigns, way: number, person: number): boolean {
		// What was known once need not hold any more.
		if (way !== nameWay && !this.#agrees(person, signs, signOfWay[way] as number)) return false;
		if (way === idWay)
			return (
				this.#agrees(person, signs, nameSign) ||
				(!this.#differs(person, signs, firstNameSign) &&
					(this.#agrees(person, signs, addressSign) || this.#agrees(person, signs, birthSign)))
			);
		const isNamed = signs.of[nameSign] !== 0;
		if (!this.#agrees(person, signs, isNamed ? nameSign : addressSign)) return false;
		if (way === nameWay)
			for (const sign of companions) if (this.#facts.get(person, sign) !== 0) return false;
		return !this.#differs(person, signs, idSign) && !this.#differs(person, signs, birthSign);
	}

	#agrees(person: number, signs: PersonSigns, sign: number): boolean {
		return signs.of[sign] !== 0 && this.#facts.get(person, sign) === signs.of[sign];
	}

	#differs(person: number, signs: PersonSigns, sign: number): boolean {
		const other = this.#facts.get(person, sign);
		return signs.of[sign] !== 0 && other !== 0 && other !== signs.of[sign];
	}
}

const has = (signs: PersonSigns, way: number) => signs.of[signOfWay[way] as number] !== 0;

/** Under what name and a sign are kept: the name's 64 bits, stirred by the sign's. */
function low({ of, nameLow }: PersonSigns, way: number): number {
	const sign = of[signOfWay[way] as number] as number;
	if (way === idWay) return Math.imul(sign, 0xc2b2ae35);
	return way === nameWay ? nameLow : (nameLow ^ Math.imul(sign + way, 0x9e3779b1)) | 0;
}

function high({ of, nameHigh }: PersonSigns, way: number): number {
	const sign = of[signOfWay[way] as number] as number;
	if (way === idWay) return sign;
	return way === nameWay ? nameHigh : (nameHigh + Math.imul(sign, 0x85ebca6b) + way) | 0;
}
