import { isEqual } from '$lib/domain/equal.ts';
import type { BackupRecord } from '$lib/domain/settings/safety.ts';
import { defaultSettings, type SettingsRow, settingsFrom } from '$lib/domain/settings.ts';
import { isKept } from '../write-backup.ts';
import { type Conflict, rowConflict } from './conflict.ts';
import type { Facts, Side } from './facts.ts';

/** Sections that a person filled in: two of them that differ are hers to choose from. */
const filledIn: ReadonlySet<SettingsRow['id']> = new Set<SettingsRow['id']>([
	...(['practice', 'relay', 'emailjs', 'gmail', 'microsoft', 'jmap'] as const),
	...(['invitation', 'portal-door'] as const),
]);

/** Without them what was sent could not be told from what was not, nor an answer be believed. */
const neverRemoved: ReadonlySet<string> = new Set(['secrets', 'outbox']);

export interface RestoredSettings {
	put: SettingsRow[];
	remove: string[];
	conflicts: Conflict[];
}

export interface SettingsOf {
	here: readonly SettingsRow[];
	there: readonly SettingsRow[];
}

/** The settings after 'Replace everything'; what this device knows of its own backups stays. */
export function replacedSettings({ here, there }: SettingsOf): RestoredSettings {
	const ids = new Set(there.map(({ id }) => id));
	const remove = here
		.filter(({ id }) => isKept('settings', id) && !neverRemoved.has(id) && !ids.has(id))
		.map(({ id }) => id);
	const put = there.flatMap((row) => differing(here, laterOutbox(here, row)));
	return { put, remove, conflicts: [] };
}

/** The settings after 'Merge': what is not here comes along; secrets that are here stay. */
export function mergedSettings(
	{ here, there }: SettingsOf,
	facts: Facts,
	choose: (conflict: Conflict) => Side,
): RestoredSettings {
	const conflicts: Conflict[] = [];
	const put = there.flatMap((row) => {
		if (row.id === 'outbox') return differing(here, laterOutbox(here, row));
		const ours = here.find(({ id }) => id === row.id);
		if (!ours || isEqual(ours, defaultSettings[row.id])) return differing(here, row);
		if (isEqual(ours, row) || !filledIn.has(row.id) || facts.ahead === 'here') return [];
		if (facts.ahead === 'there') return [row];
		const conflict = rowConflict('settings', ours, row);
		conflicts.push(conflict);
		return choose(conflict) === 'there' ? [row] : [];
	});
	return { put, remove: [], conflicts };
}

function differing(here: readonly SettingsRow[], row: SettingsRow): SettingsRow[] {
	const ours = here.find(({ id }) => id === row.id);
	return isEqual(ours, row) ? [] : [row];
}

/** What left counts against the relay's limits, whichever database knows of it. */
function laterOutbox(here: readonly SettingsRow[], row: SettingsRow): SettingsRow {
	if (row.id !== 'outbox') return row;
	const ours = settingsFrom(here, 'outbox');
	return ours.lastSentAt > row.lastSentAt ? ours : row;
}

/** What the device remembers of a backup once it was restored. */
export function recordOfRestore(
	here: readonly SettingsRow[],
	about: { madeAt: number; now: number; revision: number; isReplaced: boolean },
): BackupRecord {
	const known = settingsFrom(here, 'backup');
	const { madeAt, now, revision, isReplaced } = about;
	if (!isReplaced) return { ...known, restoredAt: now, verifiedAt: now };
	return { id: 'backup', madeAt, revision, verifiedAt: now, restoredAt: now };
}
