import { settingsFrom, type SettingsRow } from '$lib/domain/settings.ts';
import type { LetterNotes } from '$lib/domain/settings/report-choices.ts';
import type { Vault } from '$lib/vault/types.ts';

/** A sentence or two, not a second letter. */
export const longestNote = 400;

export type Notes = LetterNotes['byClient'];

/** Notes by client id. */
export function notesFrom(rows: readonly SettingsRow[]): Notes {
	return settingsFrom(rows, 'letter-notes').byClient;
}

/** The note to a client; '' where there is none. What an object inherits (`toString`) is no note. */
export function noteTo(clientId: string, notes: Notes): string {
	return Object.hasOwn(notes, clientId) ? (notes[clientId] ?? '') : '';
}

/** Keeps a note until the client's letter is sent; an empty one goes. Throws VaultProblem. */
export async function saveNote(vault: Vault, clientId: string, note: string): Promise<void> {
	await vault.commit(
		(now) => {
			const stored = settingsFrom(now.rows('settings'), 'letter-notes');
			if (noteTo(clientId, stored.byClient) === note) return undefined;
			const others = Object.entries(stored.byClient).filter(([id]) => id !== clientId);
			const byClient = Object.fromEntries(note === '' ? others : [...others, [clientId, note]]);
			return { put: { settings: [{ ...stored, byClient }] } };
		},
		{ what: 'note to a client changed', count: 1 },
		{ needs: ['settings'] },
	);
}

/** Takes the notes that were sent out of the settings, for the commit that sends them. */
export function withoutSent(
	rows: readonly SettingsRow[],
	clientIds: readonly string[],
): { settings: LetterNotes[]; sent: Notes } {
	const stored = settingsFrom(rows, 'letter-notes');
	const entries = Object.entries(stored.byClient);
	if (entries.length === 0) return { settings: [], sent: {} };
	const ids = new Set(clientIds);
	const sent = entries.filter(([id]) => ids.has(id));
	const left = Object.fromEntries(entries.filter(([id]) => !ids.has(id)));
	return {
		settings: sent.length > 0 ? [{ ...stored, byClient: left }] : [],
		sent: Object.fromEntries(sent),
	};
}

/** Puts the notes of a batch that was called back where they were, unless others were written since. */
export function notesAgain(rows: readonly SettingsRow[], notes: Notes = {}): LetterNotes[] {
	if (Object.keys(notes).length === 0) return [];
	const stored = settingsFrom(rows, 'letter-notes');
	return [{ ...stored, byClient: { ...notes, ...stored.byClient } }];
}
