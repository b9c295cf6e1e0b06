import { putBackInWords } from '$lib/domain/edits.ts';
import type { LetterName } from '$lib/domain/default-templates.ts';
import type { LetterLanguage } from '$lib/domain/letter-language.ts';
import { showToast } from '$lib/ui/toast.svelte.ts';
import { VaultProblem } from '$lib/vault/problems.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { undoTemplate, type TemplateText } from './save-template.ts';

export const labels: Readonly<Record<keyof TemplateText, string>> = {
	subject: 'Subject',
	body: 'Text',
};

/** Puts back what a save or a reset changed, and says what became of it. */
export async function undo(
	done: { entryId: string; before: Partial<TemplateText> },
	language: LetterLanguage,
	letter: LetterName,
): Promise<void> {
	try {
		const left = await undoTemplate(await theVault(), done, language, letter);
		const text = putBackInWords(
			Object.keys(done.before).length,
			left.map((field) => labels[field]),
		);
		showToast({ text, tone: left.length === 0 ? 'good' : 'info' });
	} catch (error) {
		sayNotPutBack(error);
	}
}

export function sayNotPutBack(error: unknown): void {
	showToast({ text: `Not put back. ${wordsOf(error)}`, tone: 'bad' });
}

/** Why nothing was changed, in words. */
export function wordsOf(error: unknown): string {
	return error instanceof VaultProblem ? error.message : 'Nothing was changed. Try again.';
}
