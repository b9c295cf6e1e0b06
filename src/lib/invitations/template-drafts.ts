import { letterInWords, type LetterName } from '$lib/domain/default-templates.ts';
import { languageNames, type LetterLanguage } from '$lib/domain/letter-language.ts';
import { Draft } from '$lib/platform/draft.svelte.ts';
import { live } from '$lib/vault/live.svelte.ts';
import { templateFrom, type TemplateText } from './save-template.ts';

const templates = live('templates');

/** One a letter and language, for every editor of it: they outlive a closed dialog and a change of screens. */
const drafts = new Map<string, Draft<TemplateText>>();

/** What a person typed of a letter in a language. */
export function draftOf(letter: LetterName, language: LetterLanguage): Draft<TemplateText> {
	const key = JSON.stringify([letter.kind, letter.name, language]);
	const known = drafts.get(key);
	if (known) return known;
	const isFirst = letter.kind === 'invitation' && letter.name === '';
	const what = isFirst ? 'The message' : `The letter ‘${letterInWords(letter)}’`;
	const label = language === 'en' ? what : `${what} in ${languageNames[language]}`;
	const draft = new Draft<TemplateText>({ label, href: '#/settings/invitation' }, () => {
		if (!templates.current) return undefined;
		const { subject, body } = templateFrom(templates.current, language, letter);
		return { subject, body };
	});
	drafts.set(key, draft);
	return draft;
}
