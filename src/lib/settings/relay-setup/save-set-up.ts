import { fieldsLeft, mergeEdits, type Edits } from '$lib/domain/edits.ts';
import { defaultSettings, settingsFrom, type SettingsRow } from '$lib/domain/settings.ts';
import type { RelayKind, SignIn } from '$lib/domain/settings/relay.ts';
import type { Vault } from '$lib/vault/types.ts';
import type { SaveOutcome } from '../save-section.ts';
import { rowsOf, setUpOf, type SetUps } from './set-ups.ts';

/**
 * Saves a kind's form and makes it the relay that is used, as one commit that can be undone. A
 * sign-in that this kind has no use for is forgotten in the same commit. `signIn`: a new one.
 * Throws VaultProblem.
 */
export async function saveSetUp<Kind extends RelayKind>(
	vault: Vault,
	kind: Kind,
	edits: Edits<SetUps[Kind]>,
	signIn?: SignIn,
): Promise<SaveOutcome<SetUps[Kind]>> {
	let outcome: SaveOutcome<SetUps[Kind]> = { kind: 'unchanged' };
	let before: Partial<SetUps[Kind]> = {};
	const receipt = await vault.commit(
		(now) => {
			const rows = now.rows('settings');
			const stored = setUpOf(rows, kind);
			const merged = mergeEdits<SetUps[Kind]>(stored, edits);
			outcome =
				merged.kind === 'clash'
					? { kind: 'changed-elsewhere', fields: merged.fields }
					: { kind: 'unchanged' };
			if (merged.kind === 'clash') return undefined;
			const isChosen = settingsFrom(rows, 'relay').kind === kind;
			if (merged.kind === 'unchanged' && isChosen && !signIn) return undefined;
			before = {};
			if (merged.kind === 'changed')
				for (const field of merged.fields) before[field] = stored[field];
			const setUp = merged.kind === 'changed' ? merged.row : stored;
			return {
				put: { settings: [...rowsOf(rows, kind, setUp), ...signInRow(rows, kind, signIn)] },
			};
		},
		{ what: 'email relay saved', count: 1, canUndo: true },
		{ needs: ['settings'] },
	);
	return receipt ? { kind: 'saved', entryId: receipt.entryId, before } : outcome;
}

/** Undoes a save, three-way; resolves to the fields that were changed since and so were left. Throws VaultProblem. */
export async function undoSetUp<Kind extends RelayKind>(
	vault: Vault,
	kind: Kind,
	{ entryId, before }: { entryId: string; before: Partial<SetUps[Kind]> },
): Promise<(keyof SetUps[Kind] & string)[]> {
	await vault.undo(entryId, { what: 'settings put back', count: 1 });
	const state = await vault.load('settings');
	return fieldsLeft(before, setUpOf(state.rows('settings'), kind));
}

/** Forgets the tokens, and that this relay is used: nothing leaves until another is chosen. Throws VaultProblem. */
export async function signOut(vault: Vault): Promise<void> {
	await vault.commit(
		(now) => {
			const relay = settingsFrom(now.rows('settings'), 'relay');
			const isOfSignIn = relay.kind === 'gmail' || relay.kind === 'microsoft';
			return {
				put: {
					settings: [
						defaultSettings['sign-in'],
						...(isOfSignIn ? [{ ...relay, kind: '' as const }] : []),
					],
				},
			};
		},
		{ what: 'signed out', count: 1 },
		{ needs: ['settings'], isStrict: true },
	);
}

function signInRow(
	rows: readonly SettingsRow[],
	kind: RelayKind,
	signIn: SignIn | undefined,
): SignIn[] {
	if (signIn) return [signIn];
	const stored = settingsFrom(rows, 'sign-in');
	return stored.kind === '' || stored.kind === kind ? [] : [defaultSettings['sign-in']];
}
