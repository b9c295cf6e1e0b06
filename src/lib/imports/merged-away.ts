import type { Client } from '$lib/domain/client.ts';
import { presentIds } from '$lib/domain/former-ids.ts';
import type { Merge } from '$lib/domain/merge.ts';
import type { MatchReason } from './match-policy.ts';
import { People, ways } from './people.ts';
import { PersonSigns } from './person-signs.ts';

/** Whom a profile was merged into, by index among the clients, and by what it was found. */
export interface FoundMerged {
	person: number;
	reason: MatchReason;
}

/** The profiles that clients were made of, as they were before: the previous software still has them. */
export interface MergedAway {
	/** By a client number that the client does not have any more. */
	byNumber(row: Client): FoundMerged | undefined;
	/** For a row that is none of the clients as they are. */
	inAnyWay(row: Client): FoundMerged | undefined;
}

/** Undefined where no merge stands. */
export function makeMergedAway(
	clients: readonly Client[],
	merges: readonly Merge[],
): MergedAway | undefined {
	if (merges.length === 0) return undefined;
	const present = presentIds(clients);
	const indexes = new Map(clients.map(({ id }, at) => [id, at]));
	const profiles = merges.flatMap(({ kept, other }) => {
		const id = present.get(other.id);
		const person = id === undefined ? undefined : indexes.get(id);
		return person === undefined ? [] : [kept, other].map((profile) => ({ profile, person }));
	});
	if (profiles.length === 0) return undefined;

	const people = new People(profiles.length);
	const signs = new PersonSigns();
	for (const [at, { profile }] of profiles.entries()) {
		signs.read(profile);
		people.put(at, signs);
	}

	function lookBy(way: number, isFit: (person: number) => boolean): FoundMerged | undefined {
		let found: number | undefined;
		people.each(signs, way, (at) => {
			const person = profiles[at]?.person;
			if (person === undefined || !isFit(person)) return false;
			found = person;
			return true;
		});
		const reason = ways[way];
		return found === undefined || !reason ? undefined : { person: found, reason };
	}

	return {
		byNumber(row) {
			if (row.externalId === '') return undefined;
			signs.read(row);
			const number = row.externalId.toLowerCase();
			return lookBy(0, (person) => clients[person]?.externalId.toLowerCase() !== number);
		},
		inAnyWay(row) {
			signs.read(row);
			for (const way of ways.keys()) {
				const found = lookBy(way, () => true);
				if (found) return found;
			}
			return undefined;
		},
	};
}
