import type { Client } from '$lib/domain/client.ts';
import { dateInWords } from '$lib/domain/date-in-words.ts';
import { mergeFields, type MergeField } from '$lib/domain/merge.ts';
import { kindWords, languages, profileLabels, statusWords } from '../profile/profile-words.ts';

/** One field of two profiles, side by side. */
export interface FieldRow {
	field: MergeField;
	label: string;
	/** As a person reads it; '' when it is not known. */
	kept: string;
	other: string;
	isSame: boolean;
}

/** The fields of which at least one profile knows something. */
export function fieldRows(kept: Client, other: Client): FieldRow[] {
	return mergeFields.flatMap((field) => {
		const [one, two] = [valueInWords(kept, field), valueInWords(other, field)];
		if (one === '' && two === '') return [];
		const isSame = (kept[field] ?? '') === (other[field] ?? '');
		return [{ field, label: labelOf(field), kept: one, other: two, isSame }];
	});
}

function labelOf(field: MergeField): string {
	return field === 'externalId' ? 'Id in the previous software' : profileLabels[field];
}

function valueInWords(client: Client, field: MergeField): string {
	switch (field) {
		case 'status':
			return statusWords[client.status];
		case 'kind':
			return kindWords[client.kind];
		case 'language':
			return languages.find(({ tag }) => tag === client.language)?.name ?? client.language ?? '';
		case 'dateOfBirth':
			return birthInWords(client.dateOfBirth);
		default:
			return client[field];
	}
}

/** "9 March 1984"; '' when it is not known. */
export function birthInWords(dateOfBirth: string): string {
	const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(dateOfBirth);
	if (!match) return dateOfBirth;
	const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
	return dateInWords(new Date(year, month - 1, day).getTime());
}
