/** One row a section; every section has a default, so that none need exist. */
export interface PracticeSettings {
	id: 'practice';
	practiceName: string;
	yourName: string;
	replyTo: string;
	portalAddress: string;
}

export interface RelaySettings {
	id: 'relay';
	kind: 'portico' | '';
	/** Where the relay answers: `{url}/messages`. */
	url: string;
	token: string;
	messagesPerSecond: number;
}

export interface InvitationSettings {
	id: 'invitation';
	undoWindowMs: number;
	expiryDays: number;
}

/** What the outbox knows about its relay across contexts: a pause with its reason, the pace. */
export interface OutboxStatus {
	id: 'outbox';
	/** Nothing is sent before this time (a limit, a backoff of the whole relay). Epoch milliseconds. */
	resumeAt: number;
	/** The limit that `resumeAt` comes from, in the relay's words. */
	waitingFor: string;
	/** Why nothing is sent until a person resumes; '' when not paused. */
	pausedFor: string;
	failuresInARow: number;
	/** When the last message was handed to the relay; the pace counts from here, in every context. */
	lastSentAt: number;
}

/** Secrets of the practice, made once: they never leave the vault. */
export interface PracticeSecrets {
	id: 'secrets';
	/** Hex, 256 bits: keys the HMAC that derives idempotency keys. */
	messageKeySecret: string;
}

/** Unchecked rows of the report, so that a selection survives reload. */
export interface ReportSelection {
	id: 'report-selection';
	/** The person's own choices where they differ from the report's: client id → checked. */
	choices: Record<string, boolean>;
}

/** Columns that a person chose for a header set, by the header's fingerprint. */
export interface ColumnChoices {
	id: 'column-choices';
	byHeader: Record<string, string[]>;
}

export type SettingsRow =
	| PracticeSettings
	| RelaySettings
	| InvitationSettings
	| OutboxStatus
	| PracticeSecrets
	| ReportSelection
	| ColumnChoices;

export const defaultSettings = {
	practice: { id: 'practice', practiceName: '', yourName: '', replyTo: '', portalAddress: '' },
	relay: { id: 'relay', kind: '', url: '', token: '', messagesPerSecond: 10 },
	invitation: { id: 'invitation', undoWindowMs: 10_000, expiryDays: 30 },
	outbox: {
		id: 'outbox',
		resumeAt: 0,
		waitingFor: '',
		pausedFor: '',
		failuresInARow: 0,
		lastSentAt: 0,
	},
	secrets: { id: 'secrets', messageKeySecret: '' },
	'report-selection': { id: 'report-selection', choices: {} },
	'column-choices': { id: 'column-choices', byHeader: {} },
} satisfies { [Id in SettingsRow['id']]: Extract<SettingsRow, { id: Id }> };

type Section<Id extends SettingsRow['id']> = Extract<SettingsRow, { id: Id }>;

/** One section of the settings, with its defaults for whatever the stored row lacks. */
export function settingsFrom<Id extends SettingsRow['id']>(
	rows: readonly SettingsRow[],
	id: Id,
): Section<Id> {
	const stored = rows.find((row) => row.id === id);
	return { ...defaultSettings[id], ...stored } as Section<Id>;
}
