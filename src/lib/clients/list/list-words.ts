import type { ClientColumn } from '$lib/domain/client-columns.ts';
import { startOfDay, type AgeGroup, type ClientFilter } from '$lib/domain/client-filter.ts';
import { ageInYears } from '$lib/domain/client.ts';
import { dateInWords } from '$lib/domain/date-in-words.ts';
import { clientsInWords } from '../clients-in-words.ts';
import { standingInWords } from '../portal-standing.ts';
import { statusWords } from '../profile/profile-words.ts';

export const columnLabels: Record<ClientColumn, string> = {
	name: 'Name',
	address: 'Email address',
	phone: 'Phone',
	status: 'Status',
	professional: 'Professional',
	portal: 'Portal',
	tags: 'Tags',
	born: 'Date of birth',
	added: 'Date added',
};

export const ageWords: Record<AgeGroup, string> = {
	adult: 'Adult',
	minor: 'Minor',
	'turns-18': 'Turns 18 soon',
};

/** "42 of 300 clients", "300 clients". */
export function shownInWords(shown: number, all: number): string {
	return shown === all
		? clientsInWords(all)
		: `${shown.toLocaleString('en')} of ${clientsInWords(all)}`;
}

/** "12 May 2009"; what is no date as it stands. */
export function dayInWords(day: string): string {
	const at = startOfDay(day);
	return at === undefined ? day : dateInWords(at);
}

/** "12 May 2009", "5 Sep 2009": where many dates stand under each other. */
export function shortDate(at: number): string {
	const [day = '', month = '', year = ''] = dateInWords(at).split(' ');
	return `${day} ${month.slice(0, 3)} ${year}`;
}

/** The same of an ISO date; what is no date as it stands. */
export function shortDay(day: string): string {
	const at = startOfDay(day);
	return at === undefined ? day : shortDate(at);
}

/** "17 years", "1 year"; '' when unknown. */
export function ageInWords(dateOfBirth: string, now: number): string {
	const age = ageInYears(dateOfBirth, now);
	if (age === undefined || age < 0) return '';
	return `${age} ${age === 1 ? 'year' : 'years'}`;
}

export function professionalInWords(name: string): string {
	return name === '' ? 'Unassigned' : name;
}

/** One thing that the list is narrowed by. */
export interface Chip {
	key: string;
	/** What it is about, where the value alone does not say it. */
	about: string;
	value: string;
	/** The filter without it. */
	without: ClientFilter;
}

/** `importName`: how an import is called, by its id. */
export function chipsOf(filter: ClientFilter, importName: (id: string) => string): Chip[] {
	const chips: Chip[] = [];
	const add = (key: string, about: string, value: string, without: ClientFilter) =>
		chips.push({ key, about, value, without });
	const one = (field: keyof ClientFilter, about: string, value: string) =>
		add(field, about, value, { ...filter, [field]: undefined });
	for (const status of filter.status ?? [])
		add(`status ${status}`, '', statusWords[status], without(filter, 'status', status));
	for (const standing of filter.portal ?? [])
		add(
			`portal ${standing}`,
			'Portal',
			standingInWords(standing),
			without(filter, 'portal', standing),
		);
	for (const name of filter.professional ?? [])
		add(
			`professional ${name}`,
			name === '' ? '' : 'Professional',
			professionalInWords(name),
			without(filter, 'professional', name),
		);
	for (const tag of filter.tags ?? []) add(`tag ${tag}`, 'Tag', tag, without(filter, 'tags', tag));
	if (filter.age) one('age', '', ageWords[filter.age]);
	if (filter.importId) one('importId', 'Import', importName(filter.importId));
	if (filter.hasAddress !== undefined)
		one('hasAddress', '', filter.hasAddress ? 'Has an email address' : 'No email address');
	if (filter.addedSince) one('addedSince', 'Added since', dayInWords(filter.addedSince));
	if (filter.addedBefore) one('addedBefore', 'Added before', dayInWords(filter.addedBefore));
	return chips;
}

type ManyField = 'status' | 'portal' | 'professional' | 'tags';

/** The filter with one of several values fewer; the field goes with the last one. */
function without(filter: ClientFilter, field: ManyField, value: string): ClientFilter {
	const rest = (filter[field] as readonly string[] | undefined)?.filter((one) => one !== value);
	return { ...filter, [field]: rest && rest.length > 0 ? rest : undefined };
}

/** The filter with the value added to a field, or taken out of it. */
export function toggled(filter: ClientFilter, field: ManyField, value: string): ClientFilter {
	const chosen: readonly string[] = filter[field] ?? [];
	if (chosen.includes(value)) return without(filter, field, value);
	return { ...filter, [field]: [...chosen, value] };
}
