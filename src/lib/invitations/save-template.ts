import { defaultTemplate } from '$lib/domain/compose.ts';
import { fieldsLeft, mergeEdits, type Edits } from '$lib/domain/edits.ts';
import type { Template } from '$lib/domain/message.ts';
import type { Vault } from '$lib/vault/types.ts';

/** What a person writes of it. */
export type TemplateText = Pick<Template, 'subject' | 'body'>;

export type SaveTemplateOutcome =
	| { kind: 'saved'; entryId: string; before: Partial<TemplateText> }
	| { kind: 'unchanged' }
	/** Another tab changed these meanwhile; nothing was saved. */
	| { kind: 'changed-elsewhere'; fields: (keyof TemplateText)[] };

/** The letter as it stands: the practice's own words, else the default. */
export function templateFrom(rows: readonly Template[]): Template {
	return rows.find((row) => row.id === defaultTemplate.id) ?? defaultTemplate;
}

/**
 * Keeps the practice's words, as one commit that can be undone; what another tab wrote meanwhile is
 * never overwritten in silence. What is queued stays as it was confirmed. Throws VaultProblem.
 */
export async function saveTemplate(
	vault: Vault,
	edits: Edits<TemplateText>,
	changedAt: number,
): Promise<SaveTemplateOutcome> {
	let outcome: SaveTemplateOutcome = { kind: 'unchanged' };
	let before: Partial<TemplateText> = {};
	const receipt = await vault.commit(
		(now) => {
			const { subject, body } = templateFrom(now.rows('templates'));
			const stored: TemplateText = { subject, body };
			const merged = mergeEdits(stored, edits);
			outcome =
				merged.kind === 'clash'
					? { kind: 'changed-elsewhere', fields: merged.fields }
					: { kind: 'unchanged' };
			if (merged.kind !== 'changed') return undefined;
			before = {};
			for (const field of merged.fields) before[field] = stored[field];
			return { put: { templates: [{ id: defaultTemplate.id, ...merged.row, changedAt }] } };
		},
		{ what: 'invitation message changed', count: 1, canUndo: true },
		{ needs: ['templates'] },
	);
	return receipt ? { kind: 'saved', entryId: receipt.entryId, before } : outcome;
}

/**
 * Puts back what a save or a reset changed, three-way; resolves to what was changed since and so was
 * left. Throws VaultProblem.
 */
export async function undoTemplate(
	vault: Vault,
	{ entryId, before }: { entryId: string; before: Partial<TemplateText> },
): Promise<(keyof TemplateText)[]> {
	await vault.undo(entryId, { what: 'invitation message put back', count: 1 });
	const { subject, body } = templateFrom((await vault.load('templates')).rows('templates'));
	return fieldsLeft<TemplateText>(before, { subject, body });
}

/** Goes back to the default words; resolves to what it takes to undo it, undefined when they were in use. */
export async function resetTemplate(
	vault: Vault,
): Promise<{ entryId: string; before: TemplateText } | undefined> {
	let before: TemplateText = defaultTemplate;
	const receipt = await vault.commit(
		(now) => {
			const { subject, body } = templateFrom(now.rows('templates'));
			before = { subject, body };
			return now.get('templates', defaultTemplate.id)
				? { remove: { templates: [defaultTemplate.id] } }
				: undefined;
		},
		{ what: 'invitation message reset', count: 1, canUndo: true },
		{ needs: ['templates'] },
	);
	return receipt && { entryId: receipt.entryId, before };
}
