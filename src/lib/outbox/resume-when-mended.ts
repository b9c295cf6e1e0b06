import { pausedByHand } from '$lib/domain/hindrance.ts';
import { settingsFrom, type SettingsRow } from '$lib/domain/settings.ts';
import type { Snapshot, Vault } from '$lib/vault/types.ts';

/** What a relay is reached with; a change of any may mend what paused the outbox. */
const sections = ['relay', 'emailjs', 'gmail', 'microsoft', 'jmap', 'sign-in'] as const;

/** The outbox was paused by its relay, and somebody changed how that is reached since. */
export function isRelayMended(
	before: readonly SettingsRow[],
	after: readonly SettingsRow[],
): boolean {
	if (!isPausedByRelay(before) || !isPausedByRelay(after)) return false;
	return sections.some(
		(id) => JSON.stringify(settingsFrom(before, id)) !== JSON.stringify(settingsFrom(after, id)),
	);
}

/** Lets the outbox go on, unless a person paused it; what the old settings were told no longer counts. */
export async function resumeAfterMending(vault: Vault): Promise<void> {
	await vault.commit(
		(state: Snapshot) => {
			const rows = state.rows('settings');
			if (!isPausedByRelay(rows)) return undefined;
			const status = settingsFrom(rows, 'outbox');
			const afresh = { pausedFor: '', failuresInARow: 0, resumeAt: 0, waitingFor: '' };
			return { put: { settings: [{ ...status, ...afresh }] } };
		},
		{ what: 'outbox resumed', count: 1 },
		{ needs: ['settings'] },
	);
}

function isPausedByRelay(rows: readonly SettingsRow[]): boolean {
	const { pausedFor } = settingsFrom(rows, 'outbox');
	return pausedFor !== '' && pausedFor !== pausedByHand;
}
