import type { Client } from '$lib/domain/client.ts';
import { LikelyPeople } from './likely-same.ts';
import type { ClientMatcher } from './match-clients.ts';
import type { LikelyReason } from './match-policy.ts';
import { keyOf, type RowPerson, type RowPlanContext } from './row-outcomes.ts';

/** Whom a new client may be: somebody who is here, by index, or in the row of the key `earlier`, else 0. */
export interface LikelySame {
	person: number;
	reason: LikelyReason;
	earlier: number;
}

/** Makes the look for whom a new client may be; who was looked at is remembered for later rows of a review. */
export function makeLikelyLook(
	clients: readonly Client[],
	{ signs }: ClientMatcher,
	{ policyAt, expectedRows, decide }: RowPlanContext,
): (who: RowPerson) => LikelySame | undefined {
	let likelyHere: LikelyPeople | undefined;
	/** Only where a person looks or has chosen: it would cost every import a fifth of its time. */
	const likelyInFile = decide || policyAt ? new LikelyPeople(expectedRows, false) : undefined;
	const keysInFile: number[] = [];

	function likelyAmong(): LikelyPeople {
		const people = new LikelyPeople(clients.length, true);
		clients.forEach((client, person) => {
			signs.read(client);
			people.put(person, client, signs);
		});
		return people;
	}

	return (who) => {
		const { client } = who.row;
		if (!likelyHere) {
			likelyHere = likelyAmong();
			signs.read(client);
		}
		const here = likelyHere.find(client, signs);
		const inFile = likelyInFile?.findAndPut(keysInFile.length, client, signs);
		if (likelyInFile) keysInFile.push(keyOf(who));
		if (here) return { ...here, earlier: 0 };
		return inFile && { ...inFile, earlier: keysInFile[inFile.person] as number };
	};
}
