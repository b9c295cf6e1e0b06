import type { Client } from './client.ts';
import { freezeLetter } from './compose.ts';
import type { Letter } from './message.ts';
import { professionalFinder, replyToFor, type Professional } from './professional.ts';
import type { PracticeSettings } from './settings/practice.ts';
import { languageOf, textFor, type Wording } from './wording.ts';

export interface FrozenLetters {
	/** The letter of this client, in her language: it names where her answers go. With a note it is hers alone. */
	for: (client: Pick<Client, 'professional' | 'language'>, note?: string) => Letter;
	/** Those of these ids, in the order in which they were made. */
	of: (letterIds: Iterable<string>) => Letter[];
}

/**
 * Each text frozen once for each address that answers go to: a letter carries its own, so that a queued
 * message composes to the same bytes whatever becomes of the professional.
 */
export function frozenLetters(
	wording: Wording,
	practice: PracticeSettings,
	professionals: readonly Professional[],
	{ newId, now }: { newId: () => string; now: number },
): FrozenLetters {
	const professionalOf = professionalFinder(professionals);
	const letters = new Map<string, Letter>();
	/** Without a note few of them differ, and a batch asks for one after the other. */
	const plain = new Map<string, Map<string | undefined, Letter>>();
	const letterFor = (client: Pick<Client, 'professional' | 'language'>, note: string) => {
		const replyTo = replyToFor(client, practice.replyTo, professionalOf);
		const text = textFor(wording, client);
		const key = JSON.stringify([languageOf(text), replyTo, note]);
		const known = letters.get(key);
		if (known) return known;
		const letter = freezeLetter(text, { ...practice, replyTo }, newId(), now, note);
		letters.set(key, letter);
		return letter;
	};
	return {
		for(client, note = '') {
			if (note !== '') return letterFor(client, note);
			const { professional, language } = client;
			let byLanguage = plain.get(professional);
			if (!byLanguage) plain.set(professional, (byLanguage = new Map()));
			let letter = byLanguage.get(language);
			if (!letter) byLanguage.set(language, (letter = letterFor(client, '')));
			return letter;
		},
		of(letterIds) {
			const ids = new Set(letterIds);
			return [...letters.values()].filter(({ id }) => ids.has(id));
		},
	};
}
