import type { Client } from './client.ts';
import { normaliseEmailAddress } from './email-address.ts';
import { foldName } from './person-name.ts';
import type { Columns, Table } from './table.ts';

/** What is known of somebody who may be a client already. */
export type Sought = Pick<Client, 'firstName' | 'lastName' | 'emailAddress' | 'dateOfBirth'>;

/** Why a client may be the one who is sought. */
export type AlikeReason = 'address' | 'name-and-birth' | 'name' | 'name-other-birth';

export interface Alike {
	/** The place in the table. */
	index: number;
	reasons: readonly AlikeReason[];
}

const plain = /^[a-z]+(?: [a-z]+)*$/;

/** Under what a name is found: however it is written, in the order first name, last name. */
function nameKey(firstName: string, lastName: string): string {
	const name = `${firstName} ${lastName}`.trim().toLowerCase();
	// Most names have nothing to fold, and folding is what takes long.
	return plain.test(name) ? name : foldName(name);
}

/** An index of clients by name and inbox; built piece by piece, so that a page can do other things between. */
export class AlikeIndex {
	readonly #byName = new Map<string, number[]>();
	readonly #byInbox = new Map<string, number[]>();
	readonly #births: string[] = [];

	/** Takes the next rows of the table in. */
	add(part: Columns<Client>): void {
		const from = this.#births.length;
		const [firstNames, lastNames] = [part.column('firstName'), part.column('lastName')];
		const [addresses, births] = [part.column('emailAddress'), part.column('dateOfBirth')];
		const others = part.column('otherEmailAddresses');
		for (let at = 0; at < part.length; at++) {
			this.#births.push(births.at(at));
			put(this.#byName, nameKey(firstNames.at(at), lastNames.at(at)), from + at);
			put(this.#byInbox, normaliseEmailAddress(addresses.at(at)), from + at);
			for (const other of others.at(at) ?? [])
				put(this.#byInbox, normaliseEmailAddress(other), from + at);
		}
	}

	/** Who may be the one sought, the likeliest first; at most `most` of them. */
	find({ firstName, lastName, emailAddress, dateOfBirth }: Sought, most: number): Alike[] {
		const reasons = new Map<number, AlikeReason[]>();
		const add = (index: number, reason: AlikeReason) =>
			reasons.set(index, [...(reasons.get(index) ?? []), reason]);
		const named = this.#byName.get(nameKey(firstName, lastName)) ?? [];
		for (const index of named) {
			const birth = this.#births[index] ?? '';
			const isKnown = birth !== '' && dateOfBirth !== '';
			if (!isKnown) add(index, 'name');
			else add(index, birth === dateOfBirth ? 'name-and-birth' : 'name-other-birth');
		}
		for (const index of this.#byInbox.get(normaliseEmailAddress(emailAddress)) ?? [])
			if (!reasons.get(index)?.includes('address')) add(index, 'address');
		return [...reasons]
			.map(([index, found]) => ({ index, reasons: found }))
			.sort((one, other) => likelihood(other) - likelihood(one))
			.slice(0, most);
	}
}

const weights: Record<AlikeReason, number> = {
	'name-and-birth': 8,
	address: 4,
	name: 2,
	'name-other-birth': 1,
};

function likelihood({ reasons }: Alike): number {
	return reasons.reduce((sum, reason) => sum + weights[reason], 0);
}

function put(map: Map<string, number[]>, key: string, index: number): void {
	if (key === '') return;
	const known = map.get(key);
	if (known) known.push(index);
	else map.set(key, [index]);
}

/** Places of the clients to whom this inbox belongs, by their first address. */
export function placesAtInbox(clients: Table<Pick<Client, 'emailAddress'>>, inbox: string) {
	const places: number[] = [];
	let from = 0;
	for (const part of clients.parts) {
		const addresses = part.column('emailAddress');
		for (let at = 0; at < part.length; at++)
			if (normaliseEmailAddress(addresses.at(at)) === inbox) places.push(from + at);
		from += part.length;
	}
	return places;
}
