import { settingsFrom, type SettingsRow } from '$lib/domain/settings.ts';

/** The secret that keys idempotency keys, where the practice has none yet; made once and kept for ever. */
export function missingSecret(
	rows: readonly SettingsRow[],
	messageKeySecret: string,
): SettingsRow[] {
	const isThere = settingsFrom(rows, 'secrets').messageKeySecret !== '';
	return isThere ? [] : [{ id: 'secrets', messageKeySecret }];
}
