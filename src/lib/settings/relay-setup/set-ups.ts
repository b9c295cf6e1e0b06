import { defaultSettings, settingsFrom, type SettingsRow } from '$lib/domain/settings.ts';
import type {
	EmailJsSettings,
	GmailSettings,
	JmapSettings,
	MicrosoftSettings,
	RelayKind,
	RelaySettings,
} from '$lib/domain/settings/relay.ts';

export type Pace = Pick<RelaySettings, 'messagesPerSecond' | 'messagesPerDay' | 'messagesPerMonth'>;

/** What a person fills in for each kind of relay, as one form. */
export interface SetUps {
	portico: Pace & Pick<RelaySettings, 'url' | 'token'>;
	emailjs: Pace & Omit<EmailJsSettings, 'id'>;
	gmail: Pace & Omit<GmailSettings, 'id'>;
	microsoft: Pace & Omit<MicrosoftSettings, 'id'>;
	jmap: Pace & Omit<JmapSettings, 'id'>;
	'by-hand': Pace;
}

/** Kind to what each service is known to bear; every number can be changed. */
export const defaultPace: Record<RelayKind, Pace> = {
	portico: pace(defaultSettings.relay.messagesPerSecond, 0, 0),
	emailjs: pace(1, 0, 200),
	gmail: pace(2, 500, 0),
	microsoft: pace(0.5, 300, 0),
	jmap: pace(2, 0, 0),
	'by-hand': pace(defaultSettings.relay.messagesPerSecond, 0, 0),
};

function pace(messagesPerSecond: number, messagesPerDay: number, messagesPerMonth: number): Pace {
	return { messagesPerSecond, messagesPerDay, messagesPerMonth };
}

/** The form of a kind as it is stored; a kind that is not the chosen one has its default pace. */
export function setUpOf<Kind extends RelayKind>(
	rows: readonly SettingsRow[],
	kind: Kind,
): SetUps[Kind] {
	const relay = settingsFrom(rows, 'relay');
	const { messagesPerSecond, messagesPerDay, messagesPerMonth } =
		relay.kind === kind ? relay : defaultPace[kind];
	return {
		messagesPerSecond,
		messagesPerDay,
		messagesPerMonth,
		...detailsOf(rows, kind),
	} as SetUps[Kind];
}

function detailsOf(rows: readonly SettingsRow[], kind: RelayKind): object {
	const relay = settingsFrom(rows, 'relay');
	if (kind === 'by-hand') return {};
	if (kind === 'portico') return { url: relay.url, token: relay.token };
	const { id: _id, ...details } = settingsFrom(rows, kind);
	return details;
}

/** The rows that make this set-up the one that is used. */
export function rowsOf<Kind extends RelayKind>(
	rows: readonly SettingsRow[],
	kind: Kind,
	setUp: SetUps[Kind],
): SettingsRow[] {
	const { messagesPerSecond, messagesPerDay, messagesPerMonth, ...rest } = setUp;
	// What is left is the kind's own section; only its kind says so.
	const details: unknown = rest;
	const relay: RelaySettings = {
		...settingsFrom(rows, 'relay'),
		kind,
		messagesPerSecond,
		messagesPerDay,
		messagesPerMonth,
		...(kind === 'portico' ? (details as Pick<RelaySettings, 'url' | 'token'>) : {}),
	};
	return kind === 'portico' || kind === 'by-hand'
		? [relay]
		: [relay, { id: kind, ...(details as object) } as SettingsRow];
}

/** `rows` with others in their place: what would be stored. */
export function withRows(
	rows: readonly SettingsRow[],
	others: readonly SettingsRow[],
): SettingsRow[] {
	const ids = new Set(others.map(({ id }) => id));
	return [...rows.filter(({ id }) => !ids.has(id)), ...others];
}
