import { ages } from '$lib/domain/client-facets.ts';
import type { ClientFilter } from '$lib/domain/client-filter.ts';
import { clientStatuses } from '$lib/domain/client.ts';
import type { FacetCounts, Facets } from '$lib/domain/filter-clients.ts';
import { fold } from '$lib/domain/fold.ts';
import { standingsInOrder } from '$lib/domain/portal-standing.ts';
import { professionalKey } from '$lib/domain/professional.ts';
import { standingInWords } from '../portal-standing.ts';
import { statusWords } from '../profile/profile-words.ts';
import { ageWords, professionalInWords, toggled } from './list-words.ts';

/** A choice of the filter. */
export interface FilterOption {
	key: string;
	label: string;
	/** How many clients it shows, given the other filters; undefined for 'Any'. */
	count: number | undefined;
	isChosen: boolean;
	/** The filter once it is chosen, or not chosen any more. */
	next: ClientFilter;
}

export interface FilterSection {
	legend: string;
	/** Of several choices one, rather than any number. */
	isOne: boolean;
	options: readonly FilterOption[];
}

/** All that a list can be narrowed by, with counts; sections without a choice are left out. */
export function filterSections(
	facets: Facets,
	counts: FacetCounts,
	filter: ClientFilter,
	importName: (id: string) => string,
): FilterSection[] {
	const many = (
		field: 'status' | 'portal' | 'professional' | 'tags',
		choices: readonly { value: string; label: string; count: number | undefined }[],
	): FilterOption[] =>
		choices.map(({ value, label, count }) => ({
			key: value,
			label,
			count: count ?? 0,
			isChosen: (filter[field] as readonly string[] | undefined)?.includes(value) ?? false,
			next: toggled(filter, field, value),
		}));
	const one = <Field extends 'age' | 'importId' | 'hasAddress'>(
		field: Field,
		choices: readonly { value: ClientFilter[Field]; label: string; count?: number | undefined }[],
	): FilterOption[] =>
		[{ value: undefined, label: 'Any', count: undefined }, ...choices].map((choice) => ({
			key: String(choice.value),
			label: choice.label,
			count: choice.count,
			isChosen: filter[field] === choice.value,
			next: { ...filter, [field]: choice.value },
		}));

	const [adults = 0, minors = 0, turning = 0] = [ages.adult, ages.minor, ages.turns18].map(
		(age) => counts.age[age],
	);
	const sections: FilterSection[] = [
		{
			legend: 'Status',
			isOne: false,
			options: many(
				'status',
				clientStatuses.map((value, code) => ({
					value,
					label: statusWords[value],
					count: counts.status[code],
				})),
			),
		},
		{
			legend: 'Portal',
			isOne: false,
			options: many(
				'portal',
				standingsInOrder.map((value, code) => ({
					value,
					label: standingInWords(value),
					count: counts.portal[code],
				})),
			),
		},
		{
			legend: 'Age',
			isOne: true,
			options: one('age', [
				{ value: 'adult', label: ageWords.adult, count: adults },
				{ value: 'minor', label: ageWords.minor, count: minors + turning },
				{ value: 'turns-18', label: ageWords['turns-18'], count: turning },
			]),
		},
		{
			legend: 'Email address',
			isOne: true,
			options: one('hasAddress', [
				{ value: true, label: 'Has one', count: counts.hasAddress[1] },
				{ value: false, label: 'Has none', count: counts.hasAddress[0] },
			]),
		},
		{
			legend: 'Professional',
			isOne: false,
			options: many('professional', professionalsOf(facets, counts, filter)),
		},
		{ legend: 'Tags', isOne: false, options: many('tags', tagsOf(facets, counts, filter)) },
		{
			legend: 'Import',
			isOne: true,
			options: one(
				'importId',
				facets.imports.list.flatMap((value, code) =>
					value === '' ? [] : [{ value, label: importName(value), count: counts.importId[code] }],
				),
			),
		},
	];
	return sections.filter(({ options, isOne }) => options.length > (isOne ? 1 : 0));
}

/** By name, nobody first; those that are asked for and that no client has are there, to be taken back. */
function professionalsOf(facets: Facets, counts: FacetCounts, { professional }: ClientFilter) {
	const chosen = professional ?? [];
	const byClients = facets.professionals.list.map((name, code) => ({
		// As the filter has it, where it is written otherwise: it is to be found chosen.
		value: chosen.find((one) => professionalKey(one) === professionalKey(name)) ?? name,
		label: professionalInWords(name),
		count: counts.professional[code],
	}));
	const unknown = chosen.filter(
		(name) => facets.professionals.find(professionalKey(name)) === undefined,
	);
	const named = unknown.map((value) => ({ value, label: professionalInWords(value), count: 0 }));
	return [...byClients, ...named].sort((a, b) => compare(a.value && a.label, b.value && b.label));
}

function tagsOf(facets: Facets, counts: FacetCounts, { tags }: ClientFilter) {
	const known = facets.tags.list.map((tag, code) => ({
		value: tag,
		label: tag,
		count: counts.tags[code],
	}));
	const unknown = (tags ?? []).filter((tag) => facets.tags.find(tag) === undefined);
	const named = unknown.map((value) => ({ value, label: value, count: 0 }));
	return [...known, ...named].sort((a, b) => compare(a.label, b.label));
}

function compare(a: string, b: string): number {
	const [left, right] = [fold(a), fold(b)];
	return left === right ? 0 : left < right ? -1 : 1;
}
