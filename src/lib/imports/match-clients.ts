import type { Client } from '$lib/domain/client.ts';
import { foldName } from '$lib/domain/person-name.ts';
import { Fingerprint } from './fingerprint.ts';
import { KeyTable } from './key-table.ts';
import type { MatchReason } from './match-policy.ts';
import { PersonFacts } from './person-facts.ts';

/** The rows of a file and the clients there are, known by what tells one person from another. */
export interface ClientMatcher {
	/**
	 * Whom the row at `line` is: the index of a known client, or the same person's earlier line in
	 * this file, or 'new'. The row is remembered for those after it.
	 */
	place(client: Client, line: number): Place;
	/** Says that the row at `line` is this known client; the earlier line that is her already, else 0. */
	claim(known: number, line: number): number;
}

export type Place = 'new' | { known: number; reason: MatchReason } | { earlierLine: number };

/** Facts of a person, each kept as 32 bits, 0 where it is not known. */
const [nameFact, idFact, birthFact, addressFact, phoneFact, lineFact] = [0, 1, 2, 3, 4, 5] as const;
const factCount = 6;
/** What goes with a name to tell a person, the surest first. */
const companions = [birthFact, addressFact, phoneFact] as const;
const companionWords: readonly MatchReason[] = ['birth', 'address', 'phone'];

/**
 * Rules: an id that both have settles it, as long as name, address or birth agrees too (two programs
 * number their clients from 1). Else the same name, with the same date of birth, address or telephone
 * number, or with none of them on either side; and never when ids or dates of birth differ.
 */
export function makeMatcher(known: readonly Client[]): ClientMatcher {
	const people = new KeyTable(known.length * 3);
	const facts = new PersonFacts(factCount, known.length);
	const name = new Fingerprint();
	const word = new Fingerprint();
	const mine = new Int32Array(factCount);
	let reason: MatchReason = 'id';

	function note(client: Client): void {
		name.start().name(client.firstName, client.lastName);
		mine[nameFact] = client.firstName === '' && client.lastName === '' ? 0 : name.a | 1;
		mine[idFact] = client.externalId === '' ? 0 : word.start().text(client.externalId).a | 1;
		mine[birthFact] = client.dateOfBirth === '' ? 0 : word.start().text(client.dateOfBirth).a | 1;
		mine[addressFact] =
			client.emailAddress === '' ? 0 : word.start().text(client.emailAddress).a | 1;
		mine[phoneFact] = word.start().digits(client.phone) === 0 ? 0 : word.a | 1;
		mine[lineFact] = 0;
	}

	const isBare = () => companions.every((fact) => mine[fact] === 0);
	/** Under what name and a fact are kept: the name's 64 bits, stirred by the fact's. */
	const low = (fact: number) => (name.a ^ Math.imul((mine[fact] as number) + fact, 0x9e3779b1)) | 0;
	const high = (fact: number) => (name.b + Math.imul(mine[fact] as number, 0x85ebca6b) + fact) | 0;
	const idLow = () => Math.imul(mine[idFact] as number, 0xc2b2ae35);

	function remember(): void {
		const person = facts.add(mine);
		if (mine[idFact] !== 0) people.add(idLow(), mine[idFact] as number, person);
		for (const fact of companions) if (mine[fact] !== 0) people.add(low(fact), high(fact), person);
		if (isBare()) people.add(name.a, name.b, person);
	}

	const agrees = (person: number, fact: number) =>
		mine[fact] !== 0 && facts.get(person, fact) === mine[fact];
	const differs = (person: number, fact: number) => {
		const other = facts.get(person, fact);
		return mine[fact] !== 0 && other !== 0 && other !== mine[fact];
	};

	function isSamePerson(person: number, client: Client): boolean {
		// Two people without a name are one only by their address: a shared phone or birthday is none.
		const isNamed = mine[nameFact] !== 0;
		if (!agrees(person, isNamed ? nameFact : addressFact)) return false;
		if (differs(person, idFact) || differs(person, birthFact)) return false;
		const other = known[person];
		return !other || isSameName(other, client);
	}

	function findByName(client: Client, keyLow: number, keyHigh: number): number {
		for (let at = people.first(keyLow, keyHigh); at >= 0; at = people.next(at))
			if (isSamePerson(people.value(at), client)) return people.value(at);
		return -1;
	}

	function find(client: Client): number {
		reason = 'id';
		if (mine[idFact] !== 0)
			for (let at = people.first(idLow(), mine[idFact] as number); at >= 0; at = people.next(at)) {
				const person = people.value(at);
				if (agrees(person, nameFact) || agrees(person, addressFact) || agrees(person, birthFact))
					return person;
			}
		for (let at = 0; at < companions.length; at += 1) {
			const fact = companions[at] as number;
			if (mine[fact] === 0) continue;
			reason = companionWords[at] as MatchReason;
			const person = findByName(client, low(fact), high(fact));
			if (person >= 0) return person;
		}
		reason = 'name';
		return isBare() ? findByName(client, name.a, name.b) : -1;
	}

	for (const client of known) {
		note(client);
		remember();
	}

	return {
		place(client, atLine) {
			note(client);
			const person = find(client);
			if (person < 0) {
				mine[lineFact] = atLine;
				remember();
				return 'new';
			}
			const earlierLine = facts.get(person, lineFact);
			if (earlierLine > 0) return { earlierLine };
			facts.set(person, lineFact, atLine);
			return { known: person, reason };
		},
		claim(person, atLine) {
			const earlierLine = facts.get(person, lineFact);
			if (earlierLine === 0) facts.set(person, lineFact, atLine);
			return earlierLine;
		},
	};
}

function isSameName(a: Client, b: Client): boolean {
	if (a.firstName === b.firstName && a.lastName === b.lastName) return true;
	return foldName(`${a.firstName} ${a.lastName}`) === foldName(`${b.firstName} ${b.lastName}`);
}
