import type { CollectionName, Collections } from '$lib/domain/collections.ts';
import type { SettingsRow } from '$lib/domain/settings.ts';

/** Sections of the settings that hold nothing but secrets, or speak of this device alone. */
const leftOutSections: ReadonlySet<string> = new Set([
	...['secrets', 'door-keys', 'sign-in', 'backup', 'auto-backup'],
]);

/** What an open export does not hold, in words for it and for the person. */
export const leftOut: readonly string[] = [
	'the secret from which the keys of messages are made',
	'the keys that sign the links of invitations',
	'the sign-in with a mail service',
	'the tokens of email relays',
	'what it takes to undo changes',
];

/** The row as an open file may hold it; undefined for one that may not be in it. */
export function openRow<N extends CollectionName>(
	name: N,
	row: Collections[N],
): Collections[N] | undefined {
	if (name !== 'settings') return row;
	if (leftOutSections.has(row.id)) return undefined;
	const section = row as SettingsRow;
	if (!('token' in section)) return row;
	return { ...section, token: '' } as unknown as Collections[N];
}
