import type { Client, ClientKind, ClientStatus } from '$lib/domain/client.ts';
import { isEmailAddress } from '$lib/domain/email-address.ts';
import { addressError, tidy } from '../add-client.ts';

/** A client's profile as a form shows it: lists as text, a line or a comma each. */
export interface ProfileForm {
	id: string;
	firstName: string;
	lastName: string;
	preferredName: string;
	emailAddress: string;
	/** A line each. */
	otherEmailAddresses: string;
	phone: string;
	otherPhones: string;
	/** ISO 8601, or ''. */
	dateOfBirth: string;
	kind: ClientKind;
	status: ClientStatus;
	professional: string;
	language: string;
	/** Parted by commas. */
	tags: string;
	notes: string;
	isDoNotEmail: boolean;
	isDeceased: boolean;
}

export function formOf(client: Client): ProfileForm {
	return {
		id: client.id,
		firstName: client.firstName,
		lastName: client.lastName,
		preferredName: client.preferredName,
		emailAddress: client.emailAddress,
		otherEmailAddresses: (client.otherEmailAddresses ?? []).join('\n'),
		phone: client.phone,
		otherPhones: (client.otherPhones ?? []).join('\n'),
		dateOfBirth: client.dateOfBirth,
		kind: client.kind,
		status: client.status,
		professional: client.professional,
		language: client.language ?? '',
		tags: (client.tags ?? []).join(', '),
		notes: client.notes ?? '',
		isDoNotEmail: client.isDoNotEmail,
		isDeceased: client.isDeceased,
	};
}

/** The client with what the form says. A corrected address has not bounced yet. */
export function clientFrom(form: ProfileForm, client: Client): Client {
	const emailAddress = form.emailAddress.trim();
	const next: Client = {
		...client,
		firstName: tidy(form.firstName),
		lastName: tidy(form.lastName),
		preferredName: tidy(form.preferredName),
		emailAddress,
		phone: tidy(form.phone),
		dateOfBirth: form.dateOfBirth,
		kind: form.kind,
		status: form.status,
		professional: tidy(form.professional),
		isDoNotEmail: form.isDoNotEmail,
		isDeceased: form.isDeceased,
		hasBounced: client.hasBounced && emailAddress === client.emailAddress,
	};
	setOrDrop(next, 'otherEmailAddresses', partsOf(form.otherEmailAddresses, /[\n,;]+/));
	setOrDrop(next, 'otherPhones', partsOf(form.otherPhones, /[\n,;]+/));
	setOrDrop(next, 'tags', partsOf(form.tags, /[\n,;]+/));
	setOrDrop(next, 'language', form.language);
	setOrDrop(next, 'notes', form.notes.trim());
	return next;
}

export type ProfileErrors = Record<
	'firstName' | 'emailAddress' | 'otherEmailAddresses' | 'dateOfBirth',
	string
>;

/** What is wrong and how to mend it; a name is enough. `today` as ISO 8601. */
export function checkProfile(form: ProfileForm, today: string): ProfileErrors {
	const { firstName, lastName, preferredName } = form;
	const wrong = partsOf(form.otherEmailAddresses, /[\n,;]+/).find((one) => !isEmailAddress(one));
	return {
		firstName: `${firstName}${lastName}${preferredName}`.trim() === '' ? 'Enter a name.' : '',
		emailAddress: addressError(form.emailAddress),
		otherEmailAddresses: wrong === undefined ? '' : addressError(wrong),
		dateOfBirth: form.dateOfBirth > today ? 'This day is yet to come.' : '',
	};
}

function partsOf(text: string, mark: RegExp): string[] {
	return [...new Set(text.split(mark).map(tidy).filter(Boolean))];
}

type Optional = 'otherEmailAddresses' | 'otherPhones' | 'tags' | 'language' | 'notes';

function setOrDrop<Field extends Optional>(
	client: Client,
	field: Field,
	value: NonNullable<Client[Field]>,
): void {
	if (value.length > 0) client[field] = value;
	else delete client[field];
}
