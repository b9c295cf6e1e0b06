import { fieldsLeft, mergeEdits, type Edits } from '$lib/domain/edits.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { PortalDoorSettings } from '$lib/domain/settings/portal-door.ts';
import type { PracticeSettings } from '$lib/domain/settings/practice.ts';
import type { RelaySettings } from '$lib/domain/settings/relay.ts';
import type { Vault } from '$lib/vault/types.ts';

/** The sections of the settings that a person fills in as a form. */
export interface FormSections {
	practice: PracticeSettings;
	relay: RelaySettings;
	'portal-door': PortalDoorSettings;
}

/** `before`: what the fields held that the save changed. */
export type SaveOutcome<Section> =
	| { kind: 'saved'; entryId: string; before: Partial<Section> }
	| { kind: 'unchanged' }
	/** Another tab changed the same fields meanwhile; nothing was saved. */
	| { kind: 'changed-elsewhere'; fields: (keyof Section & string)[] };

/**
 * Saves the edited fields as one commit that can be undone. A field that another tab changed since is
 * never overwritten in silence; fields that nobody edited here keep what the other tab gave them.
 * Throws VaultProblem.
 */
export async function saveSection<Id extends keyof FormSections>(
	vault: Vault,
	id: Id,
	edits: Edits<FormSections[Id]>,
	what: string,
): Promise<SaveOutcome<FormSections[Id]>> {
	let outcome: SaveOutcome<FormSections[Id]> = { kind: 'unchanged' };
	let before: Partial<FormSections[Id]> = {};
	const receipt = await vault.commit(
		(now) => {
			const stored = settingsFrom(now.rows('settings'), id) as FormSections[Id];
			const merged = mergeEdits(stored, edits);
			outcome =
				merged.kind === 'clash'
					? { kind: 'changed-elsewhere', fields: merged.fields }
					: { kind: 'unchanged' };
			if (merged.kind !== 'changed') return undefined;
			before = {};
			for (const field of merged.fields) before[field] = stored[field];
			return { put: { settings: [merged.row] } };
		},
		{ what, count: 1, canUndo: true },
		{ needs: ['settings'] },
	);
	return receipt ? { kind: 'saved', entryId: receipt.entryId, before } : outcome;
}

/** Undoes a save, three-way; resolves to the fields that were changed since and so were left. Throws VaultProblem. */
export async function undoSection<Id extends keyof FormSections>(
	vault: Vault,
	id: Id,
	{ entryId, before }: { entryId: string; before: Partial<FormSections[Id]> },
): Promise<(keyof FormSections[Id] & string)[]> {
	await vault.undo(entryId, { what: 'settings put back', count: 1 });
	const state = await vault.load('settings');
	return fieldsLeft(before, settingsFrom(state.rows('settings'), id) as FormSections[Id]);
}
