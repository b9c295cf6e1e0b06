import type { ClientKind, ClientStatus } from '$lib/domain/client.ts';
import type { Relationship } from '$lib/domain/contact.ts';
import type { ContactDraft } from './contacts.ts';
import type { ProfileForm } from './profile-form.ts';

export const profileLabels: Record<keyof ProfileForm, string> = {
	id: 'Id',
	firstName: 'First name',
	lastName: 'Last name',
	preferredName: 'Preferred name',
	emailAddress: 'Email address',
	otherEmailAddresses: 'Other email addresses',
	phone: 'Phone',
	otherPhones: 'Other phones',
	dateOfBirth: 'Date of birth',
	kind: 'Kind',
	status: 'Status',
	professional: 'Professional',
	language: 'Language',
	tags: 'Tags',
	notes: 'Notes',
	isDoNotEmail: 'Do not email',
	isDeceased: 'Deceased',
};

export const contactLabels: Record<keyof ContactDraft, string> = {
	name: 'Name',
	relationship: 'Relationship',
	emailAddress: 'Email address',
	phone: 'Phone',
};

export const statusWords: Record<ClientStatus, string> = {
	active: 'Active',
	prospective: 'Prospective',
	inactive: 'Inactive',
	archived: 'Archived',
};

export const kindWords: Record<ClientKind, string> = {
	adult: 'Adult',
	minor: 'Minor',
	couple: 'Couple',
};

export const relationshipWords: Record<Relationship, string> = {
	guardian: 'Guardian',
	partner: 'Partner',
	emergency: 'Emergency contact',
	other: 'Other',
};

/** The choices of a list, as they stand there. */
export function choicesOf<Value extends string>(words: Record<Value, string>): [Value, string][] {
	return Object.entries(words) as [Value, string][];
}

/** Languages that letters can be written in, each by its own name. */
export const languages: readonly { tag: string; name: string }[] = [
	{ tag: '', name: 'The practice’s own' },
	{ tag: 'en', name: 'English' },
	{ tag: 'es', name: 'Español' },
	{ tag: 'fr', name: 'Français' },
	{ tag: 'de', name: 'Deutsch' },
	{ tag: 'pt', name: 'Português' },
];

/** What stands in a field, as the form shows it. */
export function valueInWords<Field extends keyof ProfileForm>(
	field: Field,
	value: ProfileForm[Field],
): string {
	switch (field) {
		case 'status':
			return statusWords[value as ClientStatus];
		case 'kind':
			return kindWords[value as ClientKind];
		case 'language':
			return languages.find(({ tag }) => tag === value)?.name ?? String(value);
		case 'isDoNotEmail':
		case 'isDeceased':
			return value ? 'yes' : 'no';
		default:
			return String(value);
	}
}

/** Today in the device's calendar, ISO 8601. */
export function isoToday(now: number): string {
	const today = new Date(now);
	const two = (number: number) => String(number).padStart(2, '0');
	return `${today.getFullYear()}-${two(today.getMonth() + 1)}-${two(today.getDate())}`;
}
