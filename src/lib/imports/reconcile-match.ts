import type { Client } from '$lib/domain/client.ts';
import { normaliseEmailAddress } from '$lib/domain/email-address.ts';
import type { Merge } from '$lib/domain/merge.ts';
import { foldName } from '$lib/domain/person-name.ts';
import type { MatchReason } from './match-policy.ts';
import { makeMergedAway } from './merged-away.ts';
import { People, ways } from './people.ts';
import { PersonSigns } from './person-signs.ts';

/** Whom a row is, by index among the clients; what is not beyond doubt is for a person to look at. */
export type Found =
	| { kind: 'one'; person: number; reason: MatchReason | 'address-alone' }
	| { kind: 'several'; count: number }
	| { kind: 'name-alone' }
	| { kind: 'nobody' };

const nobody: Found = { kind: 'nobody' };
const nameAlone: Found = { kind: 'name-alone' };

/** Finds whom a row speaks of by what an import goes by, and never picks one of several. */
export function makeFinder(
	known: readonly Client[],
	merges: readonly Merge[] = [],
): (row: Client) => Found {
	const people = new People(known.length);
	const signs = new PersonSigns();
	for (const [person, client] of known.entries()) {
		signs.read(client);
		people.put(person, signs);
	}
	const mergedAway = makeMergedAway(known, merges);
	let byAddress: Map<string, number[]> | undefined;
	let names: Set<string> | undefined;

	const nameOf = ({ firstName, lastName }: Client) => foldName(`${firstName} ${lastName}`);

	/** A file may name nobody and only list addresses. */
	function byAddressAlone(row: Client): Found {
		if (row.emailAddress === '') return nobody;
		byAddress ??= groupedByAddress(known);
		const found = byAddress.get(normaliseEmailAddress(row.emailAddress)) ?? [];
		const [person] = found;
		if (person === undefined) return nobody;
		return found.length === 1
			? { kind: 'one', person, reason: 'address-alone' }
			: { kind: 'several', count: found.length };
	}

	return (row) => {
		const former = mergedAway?.byNumber(row);
		if (former) return { kind: 'one', ...former };
		const found = amongPresent(row);
		const before = found.kind === 'nobody' ? mergedAway?.inAnyWay(row) : undefined;
		return before && before.reason !== 'name' ? { kind: 'one', ...before } : found;
	};

	function amongPresent(row: Client): Found {
		signs.read(row);
		const isNamed = row.firstName !== '' || row.lastName !== '';
		const name = isNamed ? nameOf(row) : '';
		for (const [way, reason] of ways.entries()) {
			const found = new Set<number>();
			people.each(signs, way, (person) => {
				const client = known[person] as Client;
				if (reason === 'id' || nameOf(client) === name) found.add(person);
				return false;
			});
			const [person] = found;
			if (person === undefined) continue;
			if (found.size > 1) return { kind: 'several', count: found.size };
			return reason === 'name' ? nameAlone : { kind: 'one', person, reason };
		}
		if (!isNamed) return byAddressAlone(row);
		names ??= new Set(known.map(nameOf));
		return names.has(name) ? nameAlone : nobody;
	}
}

function groupedByAddress(known: readonly Client[]): Map<string, number[]> {
	const groups = new Map<string, number[]>();
	for (const [person, { emailAddress }] of known.entries()) {
		if (emailAddress === '') continue;
		const key = normaliseEmailAddress(emailAddress);
		const group = groups.get(key);
		if (group) group.push(person);
		else groups.set(key, [person]);
	}
	return groups;
}
