import type { ClientColumn } from './client-columns.ts';
import type { ClientView } from './client-view.ts';
import type { HouseholdChoice } from './household.ts';
import type { TemplateKind } from './message.ts';

/** One row a section; every section has a default, so that none need exist. */
export interface PracticeSettings {
	id: 'practice';
	practiceName: string;
	yourName: string;
	replyTo: string;
	portalAddress: string;
}

/** The kinds of relay; `by-hand`: the practitioner hands every message over herself. */
export type RelayKind = 'portico' | 'emailjs' | 'gmail' | 'microsoft' | 'jmap' | 'by-hand';

/** Which relay is used, at what pace, and how the Portico relay is reached. */
export interface RelaySettings {
	id: 'relay';
	kind: RelayKind | '';
	/** Where the Portico relay answers: `{url}/messages`. */
	url: string;
	token: string;
	messagesPerSecond: number;
	/** 0: no limit. Counted by the device's calendar. */
	messagesPerDay: number;
	messagesPerMonth: number;
}

/** A kind is chosen only once its set-up is complete, so that one question answers all kinds. */
export function isRelaySetUp({ kind, url }: Pick<RelaySettings, 'kind' | 'url'>): boolean {
	return kind === 'portico' ? url.trim() !== '' : kind !== '';
}

/** The relay at which answers are left and fetched; '' where the practice has none, or does not want it. */
export function answerBox(rows: readonly SettingsRow[]): string {
	const { kind, url } = settingsFrom(rows, 'relay');
	const { isOn, answersThroughRelay } = settingsFrom(rows, 'portal-door');
	const isWanted = isOn && answersThroughRelay && kind === 'portico';
	return isWanted ? url.trim().replace(/\/+$/, '') : '';
}

/** What EmailJS needs to send; all three are public by its own design. */
export interface EmailJsSettings {
	id: 'emailjs';
	publicKey: string;
	serviceId: string;
	templateId: string;
}

/** The practice's own app registration with Google, by its client id. */
export interface GmailSettings {
	id: 'gmail';
	clientId: string;
}

/** The practice's own app registration with Microsoft. `tenant`: `common`, `organizations`, `consumers` or an id. */
export interface MicrosoftSettings {
	id: 'microsoft';
	clientId: string;
	tenant: string;
}

/** A JMAP server (RFC 8620): its session resource and an API token. */
export interface JmapSettings {
	id: 'jmap';
	sessionUrl: string;
	token: string;
}

/** The practitioner's sign-in with Google or Microsoft; empty when signed out. */
export interface SignIn {
	id: 'sign-in';
	kind: 'gmail' | 'microsoft' | '';
	/** The address that mails come from. */
	account: string;
	accessToken: string;
	/** '' where the vendor gives none to a browser. */
	refreshToken: string;
	/** When the access token ends, epoch milliseconds. */
	expiresAt: number;
}

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

/** Where the link of an invitation goes: to the portal itself, or to Portico's own welcome page. */
export interface PortalDoorSettings {
	id: 'portal-door';
	/** The link opens the welcome page. */
	isOn: boolean;
	/** Where clients can open this app; without a fragment. */
	appAddress: string;
	/** What happens next, in the practice's own words; '' for the page's. */
	whatHappensNext: string;
	/** The page asks 'I have joined', also where the practice has a portal. */
	asksForAnswer: boolean;
	/** The page may leave answers at the practice's Portico relay. */
	answersThroughRelay: boolean;
}

/**
 * The key pair that signs invitations (P-256, the parts of its JWK); '' until it is made. It stays in the
 * vault, and a backup carries it: answers to what was sent can be verified with it alone.
 */
export interface DoorKeys {
	id: 'door-keys';
	x: string;
	y: string;
	/** The private part. */
	d: string;
	/** Epoch milliseconds. */
	madeAt: number;
}

/** What the outbox knows about its relay across contexts: a pause with its reason, the pace. */
export interface OutboxStatus {
	id: 'outbox';
	/** Nothing is sent before this time (a limit, a backoff of the whole relay). Epoch milliseconds. */
	resumeAt: number;
	/** When that was learnt, epoch milliseconds: a clock that was ahead then is found out by it. */
	limitedAt: number;
	/** The limit that `resumeAt` comes from, in the relay's words. */
	waitingFor: string;
	/** Why nothing is sent until a person resumes; '' when not paused. */
	pausedFor: string;
	failuresInARow: number;
	/** When the last message was claimed to be sent; the pace counts from here, in every context. */
	lastSentAt: number;
	/** Attempts in the day and in the month of `lastSentAt`, for the relay's quota. */
	triesInDay: number;
	triesInMonth: number;
	/** The kind of relay that limit, failures and attempts are of: another kind starts afresh. */
	learntOf: RelayKind | '';
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

/** Columns that a person chose for a header set, by the header's fingerprint. */
export interface ColumnChoices {
	id: 'column-choices';
	byHeader: Record<string, string[]>;
}

/** Views of the clients' list that a person kept, in the order in which she did. */
export interface ClientViews {
	id: 'client-views';
	views: readonly ClientView[];
}

/** When Portico locks by itself, where a passphrase is set. */
export interface SecuritySettings {
	id: 'security';
	/** Minutes without anybody doing anything; 0 for never. */
	idleMinutes: number;
}

/** What the clients' list shows where no view of her own says it. */
export interface ClientListSettings {
	id: 'client-list';
	columns: readonly ClientColumn[];
}

/** Pairs of clients, by their ids, of whom a person said that they are not the same. */
export interface ToldApart {
	id: 'told-apart';
	pairs: readonly (readonly [string, string])[];
}

/** What this device knows of its backups; it goes into none of them. All times in epoch milliseconds, 0 for never. */
export interface BackupRecord {
	id: 'backup';
	/** When the newest backup was made. */
	madeAt: number;
	/** The vault's revision that counts as backed up; later ones are changes since. */
	revision: number;
	/** When a backup was last read through and found whole. */
	verifiedAt: number;
	restoredAt: number;
}

/** The backup that is made by itself on each day of use; it goes into no backup. */
export interface AutoBackupSettings {
	id: 'auto-backup';
	isOn: boolean;
	/** How many files are kept. */
	keep: number;
	/** Where the passphrase's function was taken to, and what came of it, base64url: it opens these backups, and stays in the vault. */
	salt: string;
	iterations: number;
	bits: string;
	/** When one was last made; 0 for never. */
	doneAt: number;
	/** Why the last one was not made, in words; '' when it was. */
	problem: string;
}

export type SettingsRow =
	| PracticeSettings
	| RelaySettings
	| EmailJsSettings
	| GmailSettings
	| MicrosoftSettings
	| JmapSettings
	| SignIn
	| InvitationSettings
	| PortalDoorSettings
	| DoorKeys
	| OutboxStatus
	| PracticeSecrets
	| ReportSelection
	| LetterNotes
	| ReportScope
	| HouseholdChoices
	| ColumnChoices
	| SecuritySettings
	| ToldApart
	| ClientViews
	| ClientListSettings
	| BackupRecord
	| AutoBackupSettings;

export const defaultSettings = {
	practice: { id: 'practice', practiceName: '', yourName: '', replyTo: '', portalAddress: '' },
	relay: {
		id: 'relay',
		kind: '',
		url: '',
		token: '',
		messagesPerSecond: 10,
		messagesPerDay: 0,
		messagesPerMonth: 0,
	},
	emailjs: { id: 'emailjs', publicKey: '', serviceId: '', templateId: '' },
	gmail: { id: 'gmail', clientId: '' },
	microsoft: { id: 'microsoft', clientId: '', tenant: 'common' },
	jmap: { id: 'jmap', sessionUrl: '', token: '' },
	'sign-in': {
		id: 'sign-in',
		kind: '',
		account: '',
		accessToken: '',
		refreshToken: '',
		expiresAt: 0,
	},
	invitation: {
		id: 'invitation',
		undoWindowMs: 10_000,
		expiryDays: 30,
		language: 'en',
		remindAfterDays: 7,
		letterNames: {},
	},
	'portal-door': {
		id: 'portal-door',
		isOn: false,
		appAddress: '',
		whatHappensNext: '',
		asksForAnswer: false,
		answersThroughRelay: false,
	},
	'door-keys': { id: 'door-keys', x: '', y: '', d: '', madeAt: 0 },
	outbox: {
		id: 'outbox',
		resumeAt: 0,
		limitedAt: 0,
		waitingFor: '',
		pausedFor: '',
		failuresInARow: 0,
		lastSentAt: 0,
		triesInDay: 0,
		triesInMonth: 0,
		learntOf: '',
	},
	secrets: { id: 'secrets', messageKeySecret: '' },
	'report-selection': { id: 'report-selection', choices: {} },
	'letter-notes': { id: 'letter-notes', byClient: {} },
	'report-scope': { id: 'report-scope', clientIds: [], chosenAt: 0 },
	households: { id: 'households', byInbox: {} },
	'column-choices': { id: 'column-choices', byHeader: {} },
	security: { id: 'security', idleMinutes: 15 },
	'told-apart': { id: 'told-apart', pairs: [] },
	'client-views': { id: 'client-views', views: [] },
	'client-list': { id: 'client-list', columns: ['name', 'address', 'status', 'portal'] },
	backup: { id: 'backup', madeAt: 0, revision: 0, verifiedAt: 0, restoredAt: 0 },
	'auto-backup': {
		id: 'auto-backup',
		isOn: false,
		keep: 7,
		salt: '',
		iterations: 0,
		bits: '',
		doneAt: 0,
		problem: '',
	},
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
