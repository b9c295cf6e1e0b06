import type { TemplateKind } from '../message.ts';
import type { Defaults } from './defaults.ts';

/** Who sends the letters, and where they lead. */
export interface PracticeSettings {
	id: 'practice';
	practiceName: string;
	yourName: string;
	replyTo: string;
	portalAddress: string;
}

/** What every letter starts from. */
export interface InvitationSettings {
	id: 'invitation';
	undoWindowMs: number;
	expiryDays: number;
	/** The practice's own, BCP 47: for clients whose language is not known, or has no letter. */
	language: string;
	/** After so many days somebody who has not joined is listed for a reminder. */
	remindAfterDays: number;
	/** Which of its letters the practice sends, by name; '' or absent: the standard one. */
	letterNames: Readonly<Partial<Record<TemplateKind, string>>>;
}

export type PracticeRow = PracticeSettings | InvitationSettings;

export const practiceDefaults: Defaults<PracticeRow> = {
	practice: { id: 'practice', practiceName: '', yourName: '', replyTo: '', portalAddress: '' },
	invitation: {
		id: 'invitation',
		undoWindowMs: 10_000,
		expiryDays: 30,
		language: 'en',
		remindAfterDays: 7,
		letterNames: {},
	},
};
