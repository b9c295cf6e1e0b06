import { clientStatuses, type Client } from './client.ts';
import { minorTest, turns18SoonTest } from './minors.ts';
import { professionalKey } from './professional.ts';
import { asTable, type Columns, type Table } from './table.ts';

/** Different values, each under a number, so that 100,000 clients are compared by number. */
export class Values {
	/** By number, as it was first written. */
	readonly list: string[] = [];
	readonly #codes = new Map<string, number>();

	/** The number of a value; `key` says which ones are the same. */
	codeOf(key: string, value: string): number {
		let code = this.#codes.get(key);
		if (code === undefined) {
			code = this.list.push(value) - 1;
			this.#codes.set(key, code);
		}
		return code;
	}

	/** Undefined for what no client has. */
	find(key: string): number | undefined {
		return this.#codes.get(key);
	}
}

export const ages = { adult: 0, minor: 1, turns18: 2 } as const;

/** What a list of clients is narrowed by, a number a client. */
export interface ClientFacets {
	readonly length: number;
	/** Place in `clientStatuses`. */
	readonly status: Uint8Array;
	/** Number in `professionals`, whose keys are `professionalKey`s; '' stands for nobody. */
	readonly professional: Uint32Array;
	readonly professionals: Values;
	/** Number in `tagSets`: few clients have a set of tags of their own. */
	readonly tagSet: Uint32Array;
	/** Numbers in `tags` of each set. */
	readonly tagSets: readonly (readonly number[])[];
	readonly tags: Values;
	/** One of `ages`. */
	readonly age: Uint8Array;
	readonly importId: Uint32Array;
	readonly imports: Values;
	readonly hasAddress: Uint8Array;
	readonly addedAt: Float64Array;
}

/** Reads each field once, for any number of filters. `now` in epoch milliseconds. */
export function readFacets(rows: readonly Client[] | Table<Client>, now: number): ClientFacets {
	const { length, parts } = asTable(rows);
	const [professionals, imports, tags, sets] = [
		new Values(),
		new Values(),
		new Values(),
		new Values(),
	];
	const tagSets: number[][] = [];
	const facets = {
		length,
		status: new Uint8Array(length),
		professional: new Uint32Array(length),
		professionals,
		tagSet: new Uint32Array(length),
		tagSets,
		tags,
		age: new Uint8Array(length),
		importId: new Uint32Array(length),
		imports,
		hasAddress: new Uint8Array(length),
		addedAt: new Float64Array(length),
	};
	const tagSetOf = (names: readonly string[] = []): number => {
		const code = sets.codeOf(JSON.stringify(names), '');
		tagSets[code] ??= names.map((name) => tags.codeOf(name, name));
		return code;
	};
	const codeOfName = new Map<string, number>();
	const professionalOf = (name: string): number => {
		const known = codeOfName.get(name);
		if (known !== undefined) return known;
		const code = professionals.codeOf(professionalKey(name), name.trim());
		codeOfName.set(name, code);
		return code;
	};
	let start = 0;
	for (const part of parts) {
		const ageAt = agesIn(part, now);
		const [statuses, names] = [part.column('status'), part.column('professional')];
		const [tagged, importIds] = [part.column('tags'), part.column('importId')];
		const [addresses, additions] = [part.column('emailAddress'), part.column('addedAt')];
		for (let at = 0, to = start; at < part.length; at++, to++) {
			facets.status[to] = clientStatuses.indexOf(statuses.at(at));
			facets.professional[to] = professionalOf(names.at(at));
			facets.tagSet[to] = tagSetOf(tagged.at(at));
			facets.age[to] = ageAt(at);
			const importId = importIds.at(at);
			facets.importId[to] = imports.codeOf(importId, importId);
			facets.hasAddress[to] = addresses.at(at).trim() === '' ? 0 : 1;
			facets.addedAt[to] = additions.at(at);
		}
		start += part.length;
	}
	return facets;
}

function agesIn(clients: Columns<Client>, now: number): (at: number) => number {
	const [isMinor, turns18] = [minorTest(now), turns18SoonTest(now)];
	const birthdays = clients.column('dateOfBirth');
	const kinds = clients.column('kind');
	const deaths = clients.column('isDeceased');
	return (at) => {
		const about = {
			dateOfBirth: birthdays.at(at),
			kind: kinds.at(at),
			isDeceased: deaths.at(at),
		};
		if (!isMinor(about)) return ages.adult;
		return turns18(about) ? ages.turns18 : ages.minor;
	};
}
