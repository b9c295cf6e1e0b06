import type { MatchPolicy } from './match-policy.ts';

/** What can be done with a row whose client is here already, in the order of the choice. */
export const policyWords: readonly (readonly [policy: MatchPolicy, words: string])[] = [
	['update', 'Update'],
	['fill-blanks', 'Fill blanks only'],
	['skip', 'Skip'],
	['create', 'Create anyway'],
];

/** The policy of a name, as a choice gives it. */
export const policyOf = (name: string): MatchPolicy | undefined =>
	policyWords.find(([policy]) => policy === name)?.[0];
