import type { Client, ClientKind, ClientStatus } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import type { ContactChange } from './plan-contacts.ts';

/** One field of a client or of her contacts, old beside new, in words. '' is "not known". */
export interface FieldChange {
	field: string;
	before: string;
	after: string;
}

/** Fields that hold one word, number or yes and no. */
type PlainField = {
	[Field in keyof Client]-?: Client[Field] extends string | number | boolean ? Field : never;
}[keyof Client];

const clientFields: readonly [PlainField, string][] = [
	['firstName', 'First name'],
	['lastName', 'Last name'],
	['preferredName', 'Preferred name'],
	['emailAddress', 'Email address'],
	['phone', 'Phone'],
	['dateOfBirth', 'Date of birth'],
	['professional', 'Professional'],
	['status', 'Status'],
	['kind', 'Kind'],
	['externalId', 'Client number'],
	['isDoNotEmail', 'Do not email'],
	['hasBounced', 'Mail came back'],
	['isDeceased', 'Deceased'],
	['hasJoinedPortal', 'Portal login'],
];

const listFields = [
	['tags', 'Tags'],
	['otherEmailAddresses', 'Other email addresses'],
	['otherPhones', 'Other phones'],
] as const;

const contactFields: readonly [keyof Omit<Contact, 'profile'>, string][] = [
	['name', 'name'],
	['emailAddress', 'email address'],
	['phone', 'phone'],
	['relationship', 'is'],
];

const words: Record<ClientStatus | ClientKind, string> = {
	active: 'Active',
	inactive: 'Inactive',
	prospective: 'Prospective',
	archived: 'Archived',
	adult: 'Adult',
	minor: 'Minor',
	couple: 'Couple',
};

/** Exactly the fields that differ. */
export function changesOf(
	known: Client,
	merged: Client,
	contacts: readonly ContactChange[],
): FieldChange[] {
	const changes: FieldChange[] = [];
	for (const [field, label] of clientFields)
		if (known[field] !== merged[field])
			changes.push({ field: label, before: inWords(known[field]), after: inWords(merged[field]) });
	const [before = '', after = ''] = [known.language, merged.language];
	if (before !== after) changes.push({ field: 'Language', before, after });
	for (const [field, label] of listFields) {
		const [before, after] = [known[field] ?? [], merged[field] ?? []].map((list) =>
			list.join(', '),
		);
		if (before !== after) changes.push({ field: label, before: before ?? '', after: after ?? '' });
	}
	for (const { before, after } of contacts) {
		if (!before) {
			const parts = [after.name, after.emailAddress, after.phone].filter(Boolean);
			changes.push({ field: 'New contact', before: '', after: parts.join(', ') });
			continue;
		}
		const who = `Contact ${before.name}`.trim();
		for (const [field, label] of contactFields)
			if (before[field] !== after[field])
				changes.push({ field: `${who}, ${label}`, before: before[field], after: after[field] });
	}
	return changes;
}

function inWords(value: string | number | boolean): string {
	if (typeof value === 'boolean') return value ? 'Yes' : 'No';
	const text = String(value);
	return words[text as ClientStatus] ?? text;
}
