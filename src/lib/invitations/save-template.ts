import {
	defaultTemplateIn,
	namedIn,
	standardInvitation,
	templateId,
	templatesFrom,
	type LetterName,
} from '$lib/domain/default-templates.ts';
import { fieldsLeft, mergeEdits, type Edits } from '$lib/domain/edits.ts';
import type { LetterLanguage } from '$lib/domain/letter-language.ts';
import type { Template } from '$lib/domain/message.ts';
import type { Vault } from '$lib/vault/types.ts';

/** What a person writes of it. */
export type TemplateText = Pick<Template, 'subject' | 'body'>;

export type SaveTemplateOutcome =
	| { kind: 'saved'; entryId: string; before: Partial<TemplateText> }
	| { kind: 'unchanged' }
	/** Another tab changed these meanwhile; nothing was saved. */
	| { kind: 'changed-elsewhere'; fields: (keyof TemplateText)[] };

/** The letter of a language as it stands: the practice's own words, else the default. */
export function templateFrom(
	rows: readonly Template[],
	language: LetterLanguage = 'en',
	letter: LetterName = standardInvitation,
): Template {
	const found = templatesFrom(rows, letter).find((template) => template.language === language);
	return found ?? defaultTemplateIn(language, letter.kind);
}

/**
 * Keeps the practice's words, as one commit that can be undone; what another tab wrote meanwhile is
 * never overwritten in silence. What is queued stays as it was confirmed. Throws VaultProblem.
 */
export async function saveTemplate(
	vault: Vault,
	edits: Edits<TemplateText>,
	changedAt: number,
	language: LetterLanguage = 'en',
	letter: LetterName = standardInvitation,
): Promise<SaveTemplateOutcome> {
	let outcome: SaveTemplateOutcome = { kind: 'unchanged' };
	let before: Partial<TemplateText> = {};
	const receipt = await vault.commit(
		(now) => {
			const rows = now.rows('templates');
			// Deleted or renamed in another tab: its words must not become those of the standard letter.
			if (letter.name !== '' && !namedIn(rows, letter, language)) {
				const fields = Object.keys(edits) as (keyof TemplateText)[];
				outcome = { kind: 'changed-elsewhere', fields };
				return undefined;
			}
			const template = templateFrom(rows, language, letter);
			const { subject, body } = template;
			const stored: TemplateText = { subject, body };
			const merged = mergeEdits(stored, edits);
			outcome =
				merged.kind === 'clash'
					? { kind: 'changed-elsewhere', fields: merged.fields }
					: { kind: 'unchanged' };
			if (merged.kind !== 'changed') return undefined;
			before = {};
			for (const field of merged.fields) before[field] = stored[field];
			return { put: { templates: [{ ...template, ...merged.row, changedAt }] } };
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
	language: LetterLanguage = 'en',
	letter: LetterName = standardInvitation,
): Promise<(keyof TemplateText)[]> {
	await vault.undo(entryId, { what: 'invitation message put back', count: 1 });
	const rows = (await vault.load('templates')).rows('templates');
	const { subject, body } = templateFrom(rows, language, letter);
	return fieldsLeft<TemplateText>(before, { subject, body });
}

/** Goes back to the default words of a standard letter; resolves to what it takes to undo it, undefined when they were in use. */
export async function resetTemplate(
	vault: Vault,
	language: LetterLanguage = 'en',
	{ kind }: Pick<LetterName, 'kind'> = standardInvitation,
): Promise<{ entryId: string; before: TemplateText } | undefined> {
	let before: TemplateText = defaultTemplateIn(language, kind);
	const id = templateId(language, kind);
	const receipt = await vault.commit(
		(now) => {
			const { subject, body } = templateFrom(now.rows('templates'), language, { kind, name: '' });
			before = { subject, body };
			return now.get('templates', id) ? { remove: { templates: [id] } } : undefined;
		},
		{ what: 'invitation message reset', count: 1, canUndo: true },
		{ needs: ['templates'] },
	);
	return receipt && { entryId: receipt.entryId, before };
}

/** A person says that somebody who speaks the language has read its letter, or takes it back. Throws VaultProblem. */
export async function markReviewed(
	vault: Vault,
	language: LetterLanguage,
	reviewedAt: number,
	letter: LetterName = standardInvitation,
): Promise<void> {
	await vault.commit(
		(now) => {
			const template = templateFrom(now.rows('templates'), language, letter);
			return { put: { templates: [{ ...template, reviewedAt }] } };
		},
		{ what: 'invitation message reviewed', count: 1 },
		{ needs: ['templates'] },
	);
}
