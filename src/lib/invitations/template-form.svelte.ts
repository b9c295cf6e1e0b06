import { defaultTemplateIn, isDraft } from '$lib/domain/default-templates.ts';
import { putBackInWords } from '$lib/domain/edits.ts';
import {
	languageNames,
	letterLanguageFor,
	letterLanguages,
	type LetterLanguage,
} from '$lib/domain/letter-language.ts';
import type { Template } from '$lib/domain/message.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import { Draft } from '$lib/platform/draft.svelte.ts';
import { unsaved } from '$lib/platform/unsaved.svelte.ts';
import { showToast } from '$lib/ui/toast.svelte.ts';
import { live } from '$lib/vault/live.svelte.ts';
import { VaultProblem } from '$lib/vault/problems.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import {
	markReviewed,
	resetTemplate,
	saveTemplate,
	templateFrom,
	undoTemplate,
	type TemplateText,
} from './save-template.ts';

export const labels: Readonly<Record<keyof TemplateText, string>> = {
	subject: 'Subject',
	body: 'Text',
};

const templates = live('templates');
const settings = live('settings');

/** One a language, for every editor of it: they outlive a closed dialog and a change of screens. */
const drafts = new Map(letterLanguages.map((language) => [language, draftOf(language)]));

function draftOf(language: LetterLanguage): Draft<TemplateText> {
	const label = language === 'en' ? 'The message' : `The message in ${languageNames[language]}`;
	return new Draft<TemplateText>({ label, href: '#/settings/invitation' }, () => {
		if (!templates.current) return undefined;
		const { subject, body } = templateFrom(templates.current, language);
		return { subject, body };
	});
}

/** The messages as a person edits them, apart from what is in effect. */
export class TemplateForm {
	#chosen = $state<LetterLanguage>();

	/** The practice's own, which those get whose language is not known. */
	get ownLanguage(): LetterLanguage {
		const { language } = settingsFrom(settings.current ?? [], 'invitation');
		return letterLanguageFor(language) ?? 'en';
	}

	/** Whose letter is edited. */
	get language(): LetterLanguage {
		return this.#chosen ?? this.ownLanguage;
	}

	set language(language: LetterLanguage) {
		this.#chosen = language;
	}

	get #draft(): Draft<TemplateText> {
		return drafts.get(this.language) as Draft<TemplateText>;
	}

	get #stored(): Template | undefined {
		return templates.current && templateFrom(templates.current, this.language);
	}

	/** Undefined until it is read. */
	get text(): TemplateText | undefined {
		const { stored } = this.#draft;
		return stored && this.#draft.on(stored);
	}

	get isDefault(): boolean {
		const { subject, body } = defaultTemplateIn(this.language);
		return this.text?.subject === subject && this.text.body === body;
	}

	/** Nobody who speaks the language has read it yet. */
	isDraft(language: LetterLanguage = this.language): boolean {
		return templates.current !== undefined && isDraft(templateFrom(templates.current, language));
	}

	/** When a person said that it was read; 0: not yet. */
	get reviewedAt(): number {
		return this.#stored?.reviewedAt ?? 0;
	}

	get isUnsaved(): boolean {
		return this.#draft.isUnsaved;
	}

	get isSaving(): boolean {
		return this.#draft.isSaving;
	}

	/** Why the last save failed, in words; '' when it did not. */
	get failure(): string {
		return this.#draft.failure;
	}

	/** What another tab wrote while it was edited here. */
	get clashes(): { label: string; theirs: string }[] {
		const draft = this.#draft;
		return draft.clashes.map((field) => ({
			label: labels[field],
			theirs: draft.stored?.[field] ?? '',
		}));
	}

	edit(field: keyof TemplateText, text: string): void {
		this.#draft.edit(field, text);
	}

	/** An editor shows the draft from now on, until the returned function is called. */
	show(): () => void {
		return unsaved.show(this.#draft);
	}

	discard(): void {
		const bringBack = this.#draft.discard();
		showToast({ text: 'Your changes are discarded.', action: { label: 'Undo', run: bringBack } });
	}

	/** Resolves to whether what was typed is in effect now. The second save after a clash overwrites knowingly. */
	async save(): Promise<boolean> {
		const { language } = this;
		const draft = this.#draft;
		let isInEffect = false;
		await draft.attempt(async () => {
			const { edits } = draft;
			const outcome = await saveTemplate(await theVault(), edits, Date.now(), language);
			if (outcome.kind === 'changed-elsewhere') return draft.clash(outcome.fields);
			draft.settle(edits);
			isInEffect = true;
			showToast({
				text: 'The message is saved. What is queued stays as it was.',
				tone: 'good',
				...(outcome.kind === 'saved' && {
					action: { label: 'Undo', run: () => undo(outcome, language) },
				}),
			});
		}, wordsOf);
		return isInEffect;
	}

	/** Goes back to the default words; resolves to whether they are in effect. */
	async reset(): Promise<boolean> {
		const { language } = this;
		const draft = this.#draft;
		return draft.attempt(async () => {
			const done = await resetTemplate(await theVault(), language);
			const bringBack = draft.discard();
			showToast({
				text: 'The message is back to the default.',
				action: {
					label: 'Undo',
					run: async () => {
						if (done) await undo(done, language);
						bringBack();
					},
				},
			});
		}, wordsOf);
	}

	/** A person says that somebody who speaks the language has read it. */
	async review(): Promise<void> {
		const { language } = this;
		await this.#draft.attempt(async () => {
			await markReviewed(await theVault(), language, Date.now());
			showToast({
				text: `The ${languageNames[language]} letter is no draft any more.`,
				tone: 'good',
				action: {
					label: 'Undo',
					run: async () => markReviewed(await theVault(), language, 0).catch(sayNotPutBack),
				},
			});
		}, wordsOf);
	}
}

async function undo(
	done: { entryId: string; before: Partial<TemplateText> },
	language: LetterLanguage,
): Promise<void> {
	try {
		const left = await undoTemplate(await theVault(), done, language);
		const text = putBackInWords(
			Object.keys(done.before).length,
			left.map((field) => labels[field]),
		);
		showToast({ text, tone: left.length === 0 ? 'good' : 'info' });
	} catch (error) {
		sayNotPutBack(error);
	}
}

function sayNotPutBack(error: unknown): void {
	showToast({ text: `Not put back. ${wordsOf(error)}`, tone: 'bad' });
}

function wordsOf(error: unknown): string {
	return error instanceof VaultProblem ? error.message : 'Nothing was changed. Try again.';
}
