import { readAnswer } from './client-words.ts';
import { fold } from './fold.ts';
import type { LetterLanguage } from './letter-language.ts';

/** The languages of letters, as people and programs write them, folded. */
const named: Readonly<Record<LetterLanguage, string>> = {
	en: 'eng english englisch anglais ingles inglese',
	es: 'spa spanish espanol castellano espagnol spanisch espanhol spagnolo',
	fr: 'fra fre french francais frances franzosisch francese',
	de: 'deu ger german deutsch allemand aleman alemao tedesco',
	pt: 'por portuguese portugues portugais portugiesisch portoghese',
};
const tags = new Map(
	Object.entries(named).flatMap(([tag, names]) => names.split(' ').map((name) => [name, tag])),
);

const tag = /^([a-z]{2})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?$/i;

/**
 * The BCP 47 tag of a language that is written as one ("pt-br", `pt-BR`) or by the name of one that letters
 * can be written in; undefined for anything else.
 */
export function readLanguage(text: string): string | undefined {
	const trimmed = text.trim();
	// What stands in brackets says where it is spoken: "English (US)".
	const name = fold(trimmed).replace(/\s*\(.*\)$/u, '');
	const known = tags.get(name);
	if (known) return known;
	// "no" is Norwegian, and far more often an answer.
	if (readAnswer(trimmed) !== undefined) return undefined;
	const [, language, script, region] = tag.exec(trimmed) ?? [];
	if (!language) return undefined;
	return [
		language.toLowerCase(),
		script && script.slice(0, 1).toUpperCase() + script.slice(1).toLowerCase(),
		region?.toUpperCase(),
	]
		.filter(Boolean)
		.join('-');
}
