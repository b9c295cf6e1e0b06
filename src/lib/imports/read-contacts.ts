import { readAddressCell } from '$lib/domain/address-text.ts';
import { isMinor, type Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import { isEmailAddress } from '$lib/domain/email-address.ts';
import { cellAt, firstValue, type Note } from './cells.ts';
import type { RoleColumns } from './columns.ts';

/** A contact that a row names; the planner ties it to the client. */
export type ContactDraft = Pick<Contact, 'name' | 'emailAddress' | 'phone' | 'relationship'>;

const none: readonly never[] = [];
const placeholder = /^(?:n\/?a|none|no|no e-?mail|not given|unknown|null|nil|[-–—.?]+)$/iu;

/** The first address in a cell as written, '' for a placeholder; says what is wrong with it. */
export function readAddress(cells: readonly string[], at: number, note: Note): string {
	const cell = cellAt(cells, at);
	if (cell === '') return '';
	const { address, count } = readAddressCell(cell);
	if (count > 1) note(at, cell, `This cell holds ${count} addresses; the first one was taken.`);
	if (isEmailAddress(address)) return address;
	if (placeholder.test(address)) return '';
	note(at, address, 'This is not an email address; mail cannot go there.');
	return address;
}

/** The contact and the guardian of a row. Those of a minor are guardians, as far as the file can say. */
export function readContacts(
	cells: readonly string[],
	columns: RoleColumns,
	client: Client,
	now: number,
	note: Note,
): readonly ContactDraft[] {
	const guardian = firstValue(cellAt(cells, columns.guardianName));
	const name = firstValue(cellAt(cells, columns.contactName));
	const emailAddress = readAddress(cells, columns.contactEmailAddress, note);
	const phone = firstValue(cellAt(cells, columns.contactPhone));
	if (guardian === '' && name === '' && emailAddress === '' && phone === '') return none;
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
	return contacts;
}
