import { settingsFrom, type SettingsRow } from './settings.ts';

/** The relay at which answers are left and fetched; '' where the practice has none, or does not want it. */
export function answerBox(rows: readonly SettingsRow[]): string {
	const { kind, url } = settingsFrom(rows, 'relay');
	const { isOn, answersThroughRelay } = settingsFrom(rows, 'portal-door');
	const isWanted = isOn && answersThroughRelay && kind === 'portico';
	return isWanted ? url.trim().replace(/\/+$/, '') : '';
}
