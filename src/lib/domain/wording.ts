import type { Client } from './client.ts';
import { templatesFrom } from './default-templates.ts';
import { letterLanguageFor, type LetterLanguage } from './letter-language.ts';
import type { Template } from './message.ts';

/** `language`: BCP 47; left out, it is English. */
export type LetterText = Pick<Template, 'subject' | 'body' | 'language' | 'reviewedAt'>;

/** What is written to those invited: in the practice's own language and, where it has words for it, in theirs. */
export interface Wording extends LetterText {
	others?: readonly LetterText[];
}

type SpeaksLanguage = { language?: string | undefined };

/** The practice's letters with the one in its own language first. */
export function wordingFrom(rows: readonly Template[], language: string): Wording {
	const own = letterLanguageFor(language) ?? 'en';
	const templates = templatesFrom(rows);
	const first = templates.find((template) => template.language === own) ?? templates[0];
	const others = templates.filter((template) => template !== first).map(textOf);
	return { ...textOf(first as Template), others };
}

function textOf({ subject, body, language, reviewedAt }: Template): LetterText {
	return {
		subject,
		body,
		...(language !== undefined && { language }),
		...(reviewedAt !== undefined && { reviewedAt }),
	};
}

/** The letter that this client gets: in her language, else in the practice's own. */
export function textFor(wording: Wording, { language }: SpeaksLanguage): LetterText {
	const hers = language === undefined ? undefined : letterLanguageFor(language);
	if (hers === undefined || hers === languageOf(wording)) return wording;
	return wording.others?.find((other) => languageOf(other) === hers) ?? wording;
}

export function languageOf({ language = '' }: SpeaksLanguage): LetterLanguage {
	return letterLanguageFor(language) ?? 'en';
}

/** The letters that these clients get, each once; the practice's own always, as it is what others fall back to. */
export function textsFor(
	wording: Wording,
	clients: Iterable<Pick<Client, 'language'>>,
): LetterText[] {
	const texts = new Set<LetterText>([wording]);
	for (const client of clients) texts.add(textFor(wording, client));
	return [...texts];
}
