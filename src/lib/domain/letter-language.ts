/** The languages that a letter can be written in: for each there are default words and the button's. */
export const letterLanguages = ['en', 'es', 'fr', 'de', 'pt'] as const;

export type LetterLanguage = (typeof letterLanguages)[number];

/** In English, as the practice reads them. */
export const languageNames: Readonly<Record<LetterLanguage, string>> = {
	en: 'English',
	es: 'Spanish',
	fr: 'French',
	de: 'German',
	pt: 'Portuguese',
};

/** The letter's language for a BCP 47 tag ("es-MX" is Spanish); undefined where there is none like it. */
export function letterLanguageFor(tag: string): LetterLanguage | undefined {
	const primary = tag.trim().toLowerCase().split(/[-_]/)[0] ?? '';
	return letterLanguages.find((language) => language === primary);
}

const months: Readonly<Record<LetterLanguage, string>> = {
	en: 'January February March April May June July August September October November December',
	es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
	fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
	de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember',
	pt: 'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
};

/** "3 de mayo de 2026", in the device's calendar. Not `Intl`: its wording changes between browsers' versions. */
export function dateInLanguage(at: number, language: LetterLanguage): string {
	const date = new Date(at);
	const month = months[language].split(' ')[date.getMonth()] ?? '';
	const day = date.getDate();
	const year = date.getFullYear();
	switch (language) {
		case 'en':
			return `${day} ${month} ${year}`;
		case 'fr':
			return `${day === 1 ? '1er' : day} ${month} ${year}`;
		case 'de':
			return `${day}. ${month} ${year}`;
		case 'es':
		case 'pt':
			return `${day} de ${month} de ${year}`;
	}
}
