import type { Household, HouseholdChoice } from '$lib/domain/household.ts';

export const choiceWords: Record<HouseholdChoice, string> = {
	one: 'One mail for the household',
	each: 'One each',
	guardian: 'To the guardian',
};

/** What is said once it is chosen. */
export const chosenWords: Record<HouseholdChoice, string> = {
	one: 'This household gets one mail.',
	each: 'Everyone in this household gets a mail of their own.',
	guardian: 'The mail for this household goes to the guardian.',
};

/** "Household of 4 · one mail to Sam Ortiz". `to`: whom the mail addresses; '' while nobody is checked. */
export function householdInWords({ clientIds, choice }: Household, to: string): string {
	const size = `Household of ${clientIds.length.toLocaleString('en')}`;
	if (to === '') return `${size} · nobody is checked`;
	return choice === 'each' ? `${size} · one mail each` : `${size} · one mail to ${to}`;
}
