import { fullName, type Client } from '$lib/domain/client.ts';
import type ICAL from 'ical.js';

export type CardVersion = '3.0' | '4.0';

/** The library that writes cards; it is large, so it comes when the first is written. */
export type CardWriter = typeof ICAL;

/** The clients as vCards (RFC 6350, or RFC 2426 for older address books), one after the other. */
export function* cards(
	ical: CardWriter,
	clients: Iterable<Client>,
	version: CardVersion,
	hasNotes: boolean,
): Generator<string> {
	for (const client of clients) yield `${card(ical, client, version, hasNotes)}\r\n`;
}

/** By ical.js's names for types: one that is usual for a property in its version is not written out. */
const types = {
	'3.0': { bday: 'date', tel: 'phone-number' },
	'4.0': { bday: 'date-and-or-time', tel: 'uri' },
} as const;

function card(ical: CardWriter, client: Client, version: CardVersion, hasNotes: boolean): string {
	const name = fullName(client) || client.preferredName || client.emailAddress || 'No name';
	const properties: unknown[] = [
		['version', {}, 'text', version],
		['fn', {}, 'text', oneLine(name)],
		['n', {}, 'text', [client.lastName, client.firstName, '', '', '']],
	];
	const { bday, tel } = types[version];
	const kind = version === '3.0' ? { type: 'INTERNET' } : {};
	if (client.preferredName) properties.push(['nickname', {}, 'text', client.preferredName]);
	for (const address of [client.emailAddress, ...(client.otherEmailAddresses ?? [])])
		if (address.trim()) properties.push(['email', kind, 'text', oneLine(address)]);
	for (const phone of [client.phone, ...(client.otherPhones ?? [])])
		if (phone.trim()) properties.push(['tel', {}, tel, oneLine(phone)]);
	if (/^\d{4}-\d{2}-\d{2}$/.test(client.dateOfBirth))
		properties.push(['bday', {}, bday, client.dateOfBirth]);
	if (client.tags) properties.push(['categories', {}, 'text', ...client.tags]);
	// Version 3 has no word for the language of a person.
	if (client.language && version === '4.0')
		properties.push(['lang', {}, 'language-tag', oneLine(client.language)]);
	if (hasNotes && client.notes) properties.push(['note', {}, 'text', client.notes]);
	properties.push([
		'uid',
		{},
		version === '4.0' ? 'uri' : 'text',
		`urn:uuid:${oneLine(client.id)}`,
	]);
	return ical.stringify(['vcard', properties, []]);
}

/** A line break in it would be a property of its own making. */
function oneLine(text: string): string {
	return text.replace(/\s+/gu, ' ').trim();
}
