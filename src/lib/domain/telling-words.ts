import type { LetterLanguage } from './letter-language.ts';

/** Word beginnings that tell a bystander that somebody is in care; German joins words, so there anywhere in one. */
const careWords: Readonly<Record<LetterLanguage, string>> = {
	en: 'therap|counsel|psych|patient|diagnos|treatment|session|clinic|medic|doctor|health|mental|symptom|disorder|depress|anxi|trauma|addict|rehab',
	es: 'terap|psic|paciente|diagn[oó]stic|tratamiento|sesi[oó]n|cl[ií]nic|m[eé]dic|salud|s[ií]ntoma|trastorno|depresi|ansiedad|trauma|adicci|consulta',
	fr: 'th[eé]rap|psych|patient|diagnosti|traitement|s[eé]ance|clini|m[eé]de?c|m[eé]dic|sant[eé]|sympt[oô]m|d[eé]press|anxi|trauma|addict|soins?$|consultation',
	de: 'therap|psych|patient|diagnos|behandlung|sitzung|klini[ks]|[aä]rzt|arzt|medizin|gesundheit|symptom|st[oö]rung|depress|angstst|trauma|sucht(?!e)',
	pt: 'terap|psic|paciente|diagn[oó]stic|tratamento|sess[aãoõ]|cl[ií]nic|m[eé]dic|sa[uú]de|sintoma|transtorno|depress|ansiedade|trauma|v[ií]cio|consulta|consult[oó]ri',
};

/** What belongs in the portal, never in a mail, in each language's words. */
const privateFacts: Readonly<Record<LetterLanguage, string>> = {
	en: 'date of birth|birth ?date|birthday|dob|insurance|policy number|social security|ssn|prescription',
	es: 'fecha de nacimiento|cumpleaños|seguro|p[oó]liza|receta',
	fr: 'date de naissance|anniversaire|assurance|s[eé]curit[eé] sociale|ordonnance',
	de: 'geburtsdatum|geburtstag|versicherung|krankenkasse|rezept',
	pt: 'data de nascimento|anivers[aá]rio|seguro|conv[eê]nio|cpf|receita',
};

/** The words of a text that say something of care, as written, each once. */
export function careWordsIn(text: string, language: LetterLanguage): string[] {
	return unique(text.normalize('NFC').match(/\p{L}+/gu) ?? []).filter((word) =>
		languagesOf(language).some((one) => {
			const start = one === 'de' ? '' : '^';
			return new RegExp(`${start}(?:${careWords[one]})`, 'iu').test(word);
		}),
	);
}

/** What a text says of facts that are for the portal alone, as written, each once. */
export function privateFactsIn(text: string, language: LetterLanguage): string[] {
	const found = languagesOf(language).flatMap((one) => {
		const end = one === 'de' ? '\\p{L}*' : '(?:es|s)?';
		const facts = new RegExp(`(?<!\\p{L})(?:${privateFacts[one]})${end}(?!\\p{L})`, 'giu');
		return text.normalize('NFC').match(facts) ?? [];
	});
	return unique(found);
}

/** English words are understood by bystanders everywhere. */
function languagesOf(language: LetterLanguage): LetterLanguage[] {
	return language === 'en' ? ['en'] : [language, 'en'];
}

function unique(words: readonly string[]): string[] {
	const byFold = new Map<string, string>();
	for (const word of words)
		if (!byFold.has(word.toLowerCase())) byFold.set(word.toLowerCase(), word);
	return [...byFold.values()];
}
