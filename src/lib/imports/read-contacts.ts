import { readAddressCell } from '$lib/domain/address-text.ts';
import { isMinor, type Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import { isEmailAddress, looksMistyped } from '$lib/domain/email-address.ts';
import { foldName } from '$lib/domain/person-name.ts';
import { cellAt, firstValue, type Note } from './cells.ts';
import type { RoleColumns } from './columns.ts';
import type { PhoneReader } from './phone-numbers.ts';

/** A contact that a row names; the planner ties it to the client. */
export type ContactDraft = Pick<Contact, 'name' | 'emailAddress' | 'phone' | 'relationship'>;

const none: readonly never[] = [];
const placeholder = /^(?:n\/?a|none|no|no e-?mail|not given|unknown|null|nil|[-–—.?]+)$/iu;

/** Notes are read by people; a cell may hold a hundred addresses. */
const mostNamed = 5;

type NoteOthers = (
	at: number,
	cell: string,
	address: string,
	others: readonly string[],
	note: Note,
) => void;

const noteLeftOut: NoteOthers = (at, cell, address, others, note) =>
	note(at, cell, severalAddresses(address, others));

/**
 * The first address of a cell to which mail can go, as written, '' for a placeholder; says what is wrong
 * with it and, by `noteOthers`, which others the cell holds. A likely slip is pointed out, never corrected.
 */
export function readAddress(
	cells: readonly string[],
	at: number,
	note: Note,
	noteOthers: NoteOthers = noteLeftOut,
): string {
	const cell = cellAt(cells, at);
	if (cell === '') return '';
	const { address, others } = readAddressCell(cell);
	if (others.length > 0) noteOthers(at, cell, address, others, note);
	if (isEmailAddress(address)) {
		const meant = isUsual(address) ? '' : looksMistyped(address);
		if (meant !== '')
			note(at, address, `This may be a typing error for ${meant}; it was taken as it is written.`);
		return address;
	}
	if (placeholder.test(address)) return '';
	const meant = looksMistyped(address);
	const hint = meant === '' ? '' : ` Perhaps ${meant} was meant.`;
	note(at, address, `This is not an email address; mail cannot go there.${hint}`);
	return address;
}

/** Domains in which nothing is amiss: few fill a file, and each address's own look would cost more. */
const usualDomains = new Set<string>();
const mostDomains = 1_000;

/** Whether a valid address shows no slip, by what is known of its domain. */
function isUsual(address: string): boolean {
	const at = address.lastIndexOf('@');
	if (address.charCodeAt(0) === 46 || address.charCodeAt(at - 1) === 46 || address.includes('..'))
		return false;
	const domain = address.slice(at + 1);
	if (usualDomains.has(domain)) return true;
	if (looksMistyped(`x@${domain}`) !== '') return false;
	if (usualDomains.size < mostDomains) usualDomains.add(domain);
	return true;
}

export function severalAddresses(address: string, others: readonly string[]): string {
	const named = others.slice(0, mostNamed).join(', ');
	const further = others.length > mostNamed ? ` and ${others.length - mostNamed} more` : '';
	return `This cell holds ${others.length + 1} addresses; ${address} was taken, not ${named}${further}.`;
}

/**
 * The contact, the guardian and the emergency contact of a row. The contact of a minor is a guardian, as
 * far as the file can say; somebody to call in an emergency is nothing more than that.
 */
export function readContacts(
	cells: readonly string[],
	columns: RoleColumns,
	client: Client,
	now: number,
	readPhone: PhoneReader,
	note: Note,
): readonly ContactDraft[] {
	const guardian = firstValue(cellAt(cells, columns.guardianName));
	const name = firstValue(cellAt(cells, columns.contactName));
	const emailAddress = readAddress(cells, columns.contactEmailAddress, note);
	const phone = readPhone(firstValue(cellAt(cells, columns.contactPhone)));
	const emergency = emergencyContact(cells, columns, readPhone, note);
	if (guardian === '' && name === '' && emailAddress === '' && phone === '')
		return emergency ? [emergency] : none;
	const contacts: ContactDraft[] = [];
	const isGuardian =
		isMinor(client, now) || (guardian !== '' && (name === '' || name === guardian));
	if (name !== '' || emailAddress !== '' || phone !== '')
		contacts.push({
			name: name || guardian,
			emailAddress,
			phone,
			relationship: isGuardian ? 'guardian' : 'other',
		});
	if (guardian !== '' && contacts[0]?.name !== guardian)
		contacts.push({ name: guardian, emailAddress: '', phone: '', relationship: 'guardian' });
	if (!emergency) return contacts;
	const same = contacts.find((contact) => isSameName(contact.name, emergency.name));
	if (!same) return [...contacts, emergency];
	// A parent is often the one to call as well: one person, not two.
	same.phone ||= emergency.phone;
	same.emailAddress ||= emergency.emailAddress;
	return contacts;
}

const isSameName = (a: string, b: string) => a !== '' && foldName(a) === foldName(b);

/** A telephone number that stands behind a name: "Sam Castell 0400 111 222". */
function withoutPhone(text: string): [name: string, phone: string] {
	if (text.length > 200) return [text, ''];
	const found = /[\s,:;–-]+(\(?\+?\d[\d\s().-]{5,24})$/u.exec(text);
	return found ? [text.slice(0, found.index).trim(), (found[1] ?? '').trim()] : [text, ''];
}

function emergencyContact(
	cells: readonly string[],
	columns: RoleColumns,
	readPhone: PhoneReader,
	note: Note,
): ContactDraft | undefined {
	const [name, beside] = withoutPhone(firstValue(cellAt(cells, columns.emergencyName)));
	const emailAddress = readAddress(cells, columns.emergencyEmailAddress, note);
	const phone = readPhone(firstValue(cellAt(cells, columns.emergencyPhone)) || beside);
	if (name === '' && emailAddress === '' && phone === '') return undefined;
	return { name, emailAddress, phone, relationship: 'emergency' };
}
