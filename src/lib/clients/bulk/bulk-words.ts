import type { BulkField, FieldChange } from '$lib/domain/bulk-edit.ts';
import type { ClientStatus } from '$lib/domain/client.ts';
import { languages, statusWords } from '../profile/profile-words.ts';

const fieldWords: Record<BulkField, string> = {
	professional: 'Professional',
	status: 'Status',
	tags: 'Tags',
	language: 'Language',
	isDoNotEmail: 'Do not email',
};

/** "Status", "Active", "Archived": what a preview says of one change. */
export function changeInWords({ field, from, to }: FieldChange): {
	field: string;
	from: string;
	to: string;
} {
	return { field: fieldWords[field], from: valueInWords(field, from), to: valueInWords(field, to) };
}

function valueInWords(field: BulkField, value: string): string {
	switch (field) {
		case 'status':
			return statusWords[value as ClientStatus];
		case 'language':
			return languages.find(({ tag }) => tag === value)?.name ?? value;
		case 'professional':
		case 'tags':
			return value || 'none';
		case 'isDoNotEmail':
			return value;
	}
}

export function clientsInWords(count: number): string {
	return `${count.toLocaleString('en')} ${count === 1 ? 'client' : 'clients'}`;
}
