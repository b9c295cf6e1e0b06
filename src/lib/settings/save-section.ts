import { settingsFrom, type PracticeSettings, type RelaySettings } from '$lib/domain/settings.ts';
import type { Vault } from '$lib/vault/types.ts';

/** The sections of the settings that a person fills in as a form. */
export interface FormSections {
	practice: PracticeSettings;
	relay: RelaySettings;
}

/** What a person typed, by field, and what each field held when she began. */
export type Edits<Section> = {
	[Field in keyof Section]?: { value: Section[Field]; base: unknown };
};

export type SaveOutcome =
	| { kind: 'saved'; entryId: string }
	| { kind: 'unchanged' }
	/** Another tab changed the same fields meanwhile; nothing was saved. */
	| { kind: 'changed-elsewhere'; fields: string[] };

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
): Promise<SaveOutcome> {
	let clashes: string[] = [];
	const receipt = await vault.commit(
		(now) => {
			const stored = settingsFrom(now.rows('settings'), id) as FormSections[Id];
			const changed = changedFields(stored, edits);
			clashes = changed.filter((field) => stored[field] !== edits[field]?.base).map(String);
			if (clashes.length > 0 || changed.length === 0) return undefined;
			const next = { ...stored };
			for (const field of changed) assign(next, field, edits);
			return { put: { settings: [next] } };
		},
		{ what, count: 1, canUndo: true },
		{ needs: ['settings'] },
	);
	if (receipt) return { kind: 'saved', entryId: receipt.entryId };
	return clashes.length > 0
		? { kind: 'changed-elsewhere', fields: clashes }
		: { kind: 'unchanged' };
}

function changedFields<Section extends object>(
	stored: Section,
	edits: Edits<Section>,
): (keyof Section)[] {
	const fields = Object.keys(edits) as (keyof Section)[];
	return fields.filter((field) => {
		const edit = edits[field];
		return edit !== undefined && edit.value !== stored[field];
	});
}

function assign<Section extends object, Field extends keyof Section>(
	section: Section,
	field: Field,
	edits: Edits<Section>,
): void {
	const edit = edits[field];
	if (edit) section[field] = edit.value;
}
