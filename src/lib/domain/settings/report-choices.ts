import type { HouseholdChoice } from '../household.ts';
import type { Defaults } from './defaults.ts';

/** Unchecked rows of the report, so that a selection survives reload. */
export interface ReportSelection {
	id: 'report-selection';
	/** The person's own choices where they differ from the report's: client id → checked. */
	choices: Record<string, boolean>;
	/** The same of the reports about those who were written to before. */
	waiting?: Record<string, boolean>;
	returned?: Record<string, boolean>;
}

/** What a person wrote to single clients, until it is sent with their letters. */
export interface LetterNotes {
	id: 'letter-notes';
	/** Client id → what stands after the greeting. */
	byClient: Readonly<Record<string, string>>;
}

/** The clients whom a person chose to invite: while it stands, the report is of them alone. */
export interface ReportScope {
	id: 'report-scope';
	clientIds: readonly string[];
	/** Epoch milliseconds; 0: nobody was chosen, and the report is of everyone. */
	chosenAt: number;
}

/** What clients who share an inbox get, where it is not one mail together: normalised inbox → choice. */
export interface HouseholdChoices {
	id: 'households';
	byInbox: Readonly<Record<string, HouseholdChoice>>;
}

export type ReportChoiceRow = ReportSelection | LetterNotes | ReportScope | HouseholdChoices;

export const reportChoiceDefaults: Defaults<ReportChoiceRow> = {
	'report-selection': { id: 'report-selection', choices: {} },
	'letter-notes': { id: 'letter-notes', byClient: {} },
	'report-scope': { id: 'report-scope', clientIds: [], chosenAt: 0 },
	households: { id: 'households', byInbox: {} },
};
