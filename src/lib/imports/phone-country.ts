import { columnWords } from '$lib/domain/column-words.ts';
import type { ColumnRole } from '$lib/domain/column-role.ts';
import {
	isSupportedCountry,
	parsePhoneNumberFromString,
	type CountryCode,
} from 'libphonenumber-js/min';

const countriesByWord = new Map<string, CountryCode>();
const spellings: Partial<Record<CountryCode, string>> = {
	US: 'united states,united states of america,usa,u.s.,u.s.a.',
	CA: 'canada',
	GB: 'united kingdom,great britain,uk,england,scotland,wales,northern ireland',
	IE: 'ireland,éire',
	AU: 'australia',
	NZ: 'new zealand,aotearoa',
	ZA: 'south africa',
	DE: 'germany,deutschland',
	AT: 'austria,österreich',
	CH: 'switzerland,schweiz,suisse,svizzera',
	FR: 'france',
	BE: 'belgium,belgië,belgique',
	NL: 'netherlands,the netherlands,nederland',
	ES: 'spain,españa',
	IT: 'italy,italia',
	PT: 'portugal',
	SE: 'sweden,sverige',
	NO: 'norway,norge',
	DK: 'denmark,danmark',
	IN: 'india',
	MX: 'mexico,méxico',
	BR: 'brazil,brasil',
	IL: 'israel',
};
for (const [country, words] of Object.entries(spellings))
	for (const word of words.split(',')) countriesByWord.set(word, country as CountryCode);

/** Parsing a number takes a tenth of a millisecond; so many tell where a practice is. */
const numbersLookedAt = 100;
const phoneRoles: readonly ColumnRole[] = ['phone', 'contactPhone', 'emergencyPhone'];

/**
 * The country whose numbers the file writes without a country code: the one that most of its addresses
 * name, else the one of most of its international numbers, else the United States.
 */
export function guessCountry(
	header: readonly string[],
	roles: readonly ColumnRole[],
	rows: readonly (readonly string[])[],
): CountryCode {
	const countryAt = header.findIndex((name) => columnWords(name).includes('country'));
	const named = countryAt < 0 ? [] : rows.map((row) => countryOf(row[countryAt] ?? ''));
	const phoneColumns = phoneRoles.map((role) => roles.indexOf(role)).filter((at) => at >= 0);
	return mostOf(named) ?? mostOf(countriesOfNumbers(phoneColumns, rows)) ?? 'US';
}

function countryOf(text: string): CountryCode | undefined {
	const word = text.trim().toLowerCase();
	const code = word.toUpperCase();
	return countriesByWord.get(word) ?? (isSupportedCountry(code) ? code : undefined);
}

function* countriesOfNumbers(columns: readonly number[], rows: readonly (readonly string[])[]) {
	let count = 0;
	for (const row of rows)
		for (const at of columns) {
			const text = (row[at] ?? '').trim();
			if (!text.startsWith('+') || count >= numbersLookedAt) continue;
			count += 1;
			yield parsePhoneNumberFromString(text)?.country;
		}
}

function mostOf(countries: Iterable<CountryCode | undefined>): CountryCode | undefined {
	const counts = new Map<CountryCode, number>();
	for (const country of countries) if (country) counts.set(country, (counts.get(country) ?? 0) + 1);
	return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
