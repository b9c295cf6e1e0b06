import {
	defaultTemplateIn,
	isDraft,
	letterNames,
	namedIn,
	standardInvitation,
	type LetterName,
} from '$lib/domain/default-templates.ts';
import {
	languageNames,
	letterLanguageFor,
	type LetterLanguage,
} from '$lib/domain/letter-language.ts';
import type { Template, TemplateKind } from '$lib/domain/message.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { Draft } from '$lib/platform/draft.svelte.ts';
import { unsaved } from '$lib/platform/unsaved.svelte.ts';
import { showToast } from '$lib/ui/toast.svelte.ts';
import { live } from '$lib/vault/live.svelte.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { letterNameError } from './manage-letters.ts';
import {
	markReviewed,
	resetTemplate,
	saveTemplate,
	templateFrom,
	type TemplateText,
} from './save-template.ts';
import { draftOf } from './template-drafts.ts';
import { labels, sayNotPutBack, undo, wordsOf } from './undo-template.ts';

const templates = live('templates');
const settings = live('settings');

/** The messages as a person edits them, apart from what is in effect. */
export class TemplateForm {
	#chosen = $state<LetterLanguage>();
	#letter = $state.raw<LetterName>(standardInvitation);

	constructor(letter: LetterName = standardInvitation) {
		this.#letter = letter;
	}

	/** Which letter is edited; the standard one where the one that was is no more. */
	get letter(): LetterName {
		const { kind, name } = this.#letter;
		const isThere = letterNames(templates.current ?? [], kind).some((one) => one.name === name);
		return isThere ? this.#letter : { kind, name: '' };
	}

	set letter(letter: LetterName) {
		this.#letter = letter;
	}

	/** All letters of a kind. */
	letters(kind: TemplateKind): LetterName[] {
		return letterNames(templates.current ?? [], kind);
	}

	/** A letter that the practice named may not be written in every language. */
	isWritten(language: LetterLanguage = this.language): boolean {
		const { letter } = this;
		return letter.name === '' || namedIn(templates.current ?? [], letter, language) !== undefined;
	}

	/** What is wrong with a name for a letter; '' when nothing is. */
	nameError(kind: TemplateKind, name: string, own = ''): string {
		return letterNameError(templates.current ?? [], kind, name, own);
	}

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
		return draftOf(this.letter, this.language);
	}

	get #stored(): Template | undefined {
		return templates.current && templateFrom(templates.current, this.language, this.letter);
	}

	/** Undefined until it is read. */
	get text(): TemplateText | undefined {
		const { stored } = this.#draft;
		return stored && this.#draft.on(stored);
	}

	get isDefault(): boolean {
		const { subject, body } = defaultTemplateIn(this.language, this.letter.kind);
		return this.text?.subject === subject && this.text.body === body;
	}

	/** Nobody who speaks the language has read it yet. */
	isDraft(language: LetterLanguage = this.language): boolean {
		return (
			templates.current !== undefined &&
			isDraft(templateFrom(templates.current, language, this.letter))
		);
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
		const { language, letter } = this;
		const draft = this.#draft;
		let isInEffect = false;
		await draft.attempt(async () => {
			const { edits } = draft;
			const outcome = await saveTemplate(await theVault(), edits, Date.now(), language, letter);
			if (outcome.kind === 'changed-elsewhere') return draft.clash(outcome.fields);
			draft.settle(edits);
			isInEffect = true;
			showToast({
				text: 'The message is saved. What is queued stays as it was.',
				tone: 'good',
				...(outcome.kind === 'saved' && {
					action: { label: 'Undo', run: () => undo(outcome, language, letter) },
				}),
			});
		}, wordsOf);
		return isInEffect;
	}

	/** Goes back to the default words; resolves to whether they are in effect. */
	async reset(): Promise<boolean> {
		const { language, letter } = this;
		const draft = this.#draft;
		return draft.attempt(async () => {
			const done = await resetTemplate(await theVault(), language, letter);
			const bringBack = draft.discard();
			showToast({
				text: 'The message is back to the default.',
				action: {
					label: 'Undo',
					run: async () => {
						if (done) await undo(done, language, letter);
						bringBack();
					},
				},
			});
		}, wordsOf);
	}

	/** A person says that somebody who speaks the language has read it. */
	async review(): Promise<void> {
		const { language, letter } = this;
		await this.#draft.attempt(async () => {
			await markReviewed(await theVault(), language, Date.now(), letter);
			showToast({
				text: `The ${languageNames[language]} letter is no draft any more.`,
				tone: 'good',
				action: {
					label: 'Undo',
					run: async () => markReviewed(await theVault(), language, 0, letter).catch(sayNotPutBack),
				},
			});
		}, wordsOf);
	}
}
