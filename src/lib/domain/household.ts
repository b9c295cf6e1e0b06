import { defaultSettings, settingsFrom, type SettingsRow } from './settings.ts';
import type { HouseholdChoices } from './settings/report-choices.ts';

/** What clients of one inbox get: one mail for all, a mail each, or one mail to a guardian of theirs. */
export const householdChoices = ['one', 'each', 'guardian'] as const;
export type HouseholdChoice = (typeof householdChoices)[number];

/** Clients whose mail goes to one inbox; one object for all of them. */
export interface Household {
	/** Where their mail goes, normalised. */
	inbox: string;
	/** All who are listed there, in the clients' order. */
	clientIds: readonly string[];
	choice: HouseholdChoice;
	/** The inboxes under which the choice is kept: this one, and those that they have of their own. */
	homes: readonly string[];
	/** Whether a member has a guardian whom the one mail would not address anyway. */
	hasGuardian: boolean;
}

export type ChoiceByInbox = Readonly<Record<string, HouseholdChoice>>;

/** What was chosen for an inbox. What an object inherits (`toString`) is no choice. */
export function choiceAt(choices: ChoiceByInbox, inbox: string): HouseholdChoice {
	return Object.hasOwn(choices, inbox) ? (choices[inbox] ?? 'one') : 'one';
}

/** The choices kept in the settings. */
export function householdChoicesFrom(rows: readonly SettingsRow[]): ChoiceByInbox {
	return settingsFrom(rows, 'households').byInbox;
}

/** The choices with this one made for all homes of a household; only what differs from the default is kept. */
export function withChoice(
	{ byInbox }: HouseholdChoices,
	homes: readonly string[],
	choice: HouseholdChoice,
): HouseholdChoices {
	const next = new Map(Object.entries(byInbox));
	for (const home of homes)
		if (choice === 'one') next.delete(home);
		else next.set(home, choice);
	return { ...defaultSettings.households, byInbox: Object.fromEntries(next) };
}
