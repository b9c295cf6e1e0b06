import { choicesIn, withChoicesIn } from '$lib/domain/report-choices.ts';
import type { ReportKind } from '$lib/domain/report-kind.ts';
import { settingsFrom, type SettingsRow } from '$lib/domain/settings.ts';
import type { ReportSelection } from '$lib/domain/settings/report-choices.ts';

/** A choice is for one letter: after it the report's own mind counts again. */
export function withoutUsedChoices(
	rows: readonly SettingsRow[],
	clientIds: Iterable<string>,
	kind: ReportKind = 'first',
): { settings: ReportSelection[]; choices: Record<string, boolean> } {
	const selection = settingsFrom(rows, 'report-selection');
	const left = { ...choicesIn(selection, kind) };
	const used: [string, boolean][] = [];
	if (Object.keys(left).length === 0) return { settings: [], choices: {} };
	for (const clientId of clientIds) {
		const choice = left[clientId];
		if (typeof choice !== 'boolean') continue;
		used.push([clientId, choice]);
		delete left[clientId];
	}
	const settings = used.length > 0 ? [withChoicesIn(selection, kind, left)] : [];
	return { settings, choices: Object.fromEntries(used) };
}

/** The choices of a batch that was called back, unless others were made since. */
export function choicesAgain(
	rows: readonly SettingsRow[],
	choices: Readonly<Record<string, boolean>>,
	kind: ReportKind = 'first',
): ReportSelection[] {
	if (Object.keys(choices).length === 0) return [];
	const selection = settingsFrom(rows, 'report-selection');
	return [withChoicesIn(selection, kind, { ...choices, ...choicesIn(selection, kind) })];
}
