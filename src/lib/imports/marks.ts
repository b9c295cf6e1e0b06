import type { Client } from '$lib/domain/client.ts';

/** What a row may say that no other row of the same client takes back. */
export type Marks = Pick<
	Client,
	'isDoNotEmail' | 'hasBounced' | 'isDeceased' | 'hasJoinedPortal' | 'joinedSource'
>;

/** Once true, only a person takes them back. */
export const marks = ['isDoNotEmail', 'hasBounced', 'isDeceased', 'hasJoinedPortal'] as const;

/** The marks that any of several has. */
export function marksOfAny(people: readonly Marks[]): Marks {
	const has = (mark: (typeof marks)[number]) => people.some((person) => person[mark]);
	return {
		isDoNotEmail: has('isDoNotEmail'),
		hasBounced: has('hasBounced'),
		isDeceased: has('isDeceased'),
		hasJoinedPortal: has('hasJoinedPortal'),
	};
}

/** The marks that `said` has and `known` has not; undefined when there are none. */
export function newMarks(known: Marks, said: Marks): Partial<Marks> | undefined {
	let found: Partial<Marks> | undefined;
	for (const mark of marks)
		if (said[mark] && !known[mark]) {
			found ??= {};
			found[mark] = true;
			if (mark === 'hasJoinedPortal' && said.joinedSource) found.joinedSource = said.joinedSource;
		}
	return found;
}
