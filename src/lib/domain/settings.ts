import { clientsDefaults, type ClientsRow } from './settings/clients.ts';
import type { Defaults } from './settings/defaults.ts';
import { outboxDefaults, type OutboxRow } from './settings/outbox.ts';
import { doorDefaults, type DoorRow } from './settings/portal-door.ts';
import { practiceDefaults, type PracticeRow } from './settings/practice.ts';
import { relayDefaults, type RelayRow } from './settings/relay.ts';
import { reportChoiceDefaults, type ReportChoiceRow } from './settings/report-choices.ts';
import { safetyDefaults, type SafetyRow } from './settings/safety.ts';

/** One row a section; every section has a default, so that none need exist. */
export type SettingsRow =
	PracticeRow | RelayRow | DoorRow | OutboxRow | ReportChoiceRow | ClientsRow | SafetyRow;

type Section<Id extends SettingsRow['id']> = Extract<SettingsRow, { id: Id }>;

export const defaultSettings: Defaults<SettingsRow> = {
	...practiceDefaults,
	...relayDefaults,
	...doorDefaults,
	...outboxDefaults,
	...reportChoiceDefaults,
	...clientsDefaults,
	...safetyDefaults,
};

/** One section of the settings, with its defaults for whatever the stored row lacks. */
export function settingsFrom<Id extends SettingsRow['id']>(
	rows: readonly SettingsRow[],
	id: Id,
): Section<Id> {
	const stored = rows.find((row) => row.id === id);
	return { ...defaultSettings[id], ...stored } as Section<Id>;
}
