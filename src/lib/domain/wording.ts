import type { Client } from './client.ts';
import {
	isNamed,
	standardInvitation,
	templatesFrom,
	type LetterName,
} from './default-templates.ts';
import { letterLanguageFor, type LetterLanguage } from './letter-language.ts';
import type { Template, TemplateKind } from './message.ts';

/** `language`: BCP 47; left out, it is English. */
export type LetterText = Pick<Template, 'subject' | 'body' | 'language' | 'reviewedAt'> & {
	/** Absent where it is the standard invitation. */
	kind?: TemplateKind;
	templateName?: string;
};

/** What is written to those invited: in the practice's own language and, where it has words for it, in theirs. */
export interface Wording extends LetterText {
	others?: readonly LetterText[];
}

type SpeaksLanguage = { language?: string | undefined };

/** The practice's letters with the one in its own language first. */
export function wordingFrom(
	rows: readonly Template[],
	language: string,
	letter: LetterName = standardInvitation,
): Wording {
	const own = letterLanguageFor(language) ?? 'en';
	const templates = templatesFrom(rows, letter);
	const first = templates.find((template) => template.language === own) ?? templates[0];
	const others = templates.filter((template) => template !== first).map(textOf);
	return { ...textOf(first as Template), others };
}

function textOf(template: Template): LetterText {
	const { subject, body, language, reviewedAt, kind, name } = template;
	return {
		subject,
		body,
		...(language !== undefined && { language }),
		...(reviewedAt !== undefined && { reviewedAt }),
		...(kind !== undefined && { kind }),
		...(name !== undefined && isNamed(template) && { templateName: name }),
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
