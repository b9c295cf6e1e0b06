import { settingsFrom } from '$lib/domain/settings.ts';
import type { InvitationSettings } from '$lib/domain/settings/practice.ts';
import type { Vault } from '$lib/vault/types.ts';

/** What a person may choose; seconds in which a batch can be called back. */
export const undoWindowsInSeconds = [0, 5, 10, 30, 60] as const;

export const expiryDaysRange = { min: 1, max: 365 } as const;

/** Whole days within the range, from what was typed; undefined when it is not that. */
export function expiryDaysFrom(text: string): number | undefined {
	return daysWithin(text, expiryDaysRange);
}

/** After how many days somebody is reminded, from what was typed; undefined when it is no such number. */
export function remindDaysFrom(text: string): number | undefined {
	return daysWithin(text, { min: 1, max: 365 });
}

function daysWithin(text: string, { min, max }: { min: number; max: number }): number | undefined {
	if (!/^\d{1,4}$/.test(text.trim())) return undefined;
	const days = Number(text.trim());
	return days >= min && days <= max ? days : undefined;
}

/** Changes some of the invitation's settings. Throws VaultProblem. */
export async function saveInvitationSettings(
	vault: Vault,
	changes: Partial<Omit<InvitationSettings, 'id'>>,
): Promise<void> {
	await vault.commit(
		(now) => {
			const stored = settingsFrom(now.rows('settings'), 'invitation');
			return { put: { settings: [{ ...stored, ...changes }] } };
		},
		{ what: 'invitation settings changed', count: 1 },
		{ needs: ['settings'] },
	);
}
