import { settingsFrom, type SettingsRow } from '$lib/domain/settings.ts';
import type { Vault } from '$lib/vault/types.ts';
import { sampleClient } from '../sample-client.ts';
import { openDoor } from './door.ts';

/** No invitation has it, so that an answer to the sample is unknown. */
const sampleCode = 'sample-of-the-welcome-page';

/** A link to the welcome page of this very app, for an invented client; '' where links go elsewhere. */
export async function sampleLink(
	vault: Vault,
	rows: readonly SettingsRow[],
	now: number,
): Promise<string> {
	const practice = settingsFrom(rows, 'practice');
	const settings = { ...settingsFrom(rows, 'portal-door'), appAddress: '' };
	// A token without these says nothing, and is refused.
	if (!practice.practiceName.trim() || !practice.replyTo.trim()) return '';
	const door = await openDoor(vault, { settings, practice, now });
	const expiresAt = now + settingsFrom(rows, 'invitation').expiryDays * 24 * 60 * 60 * 1000;
	return (
		(await door?.linkOf({
			client: sampleClient({ firstName: 'Maya' }),
			code: sampleCode,
			expiresAt,
		})) ?? ''
	);
}
