import { phoneDigits, readAddressCell } from '$lib/domain/address-text.ts';
import type { Client } from '$lib/domain/client.ts';
import { isEmailAddress, normaliseEmailAddress } from '$lib/domain/email-address.ts';
import { cellAt, tidy, type Note } from './cells.ts';
import type { RoleColumns } from './columns.ts';
import type { PhoneReader } from './phone-numbers.ts';
import { severalAddresses } from './read-contacts.ts';

/** Notes are read by people; a cell may hold a hundred addresses. */
const mostNamed = 5;
/** Nobody has more; a cell with a thousand is a mailing list. */
const mostKept = 20;
/** A shorter cell does not hold two. */
const longestPhone = 15;

/** The telephone numbers of a cell; "030/1234567" is one. */
function phonesIn(cell: string): string[] {
	if (cell.includes(' ::: ')) return cell.split(' ::: ').map((text) => text.trim());
	if (cell.length <= longestPhone || cell.length > 200) return [cell];
	const parts = cell.split(/[;,/|]|\bor\b/u).map((text) => text.trim());
	return parts.length > 1 && parts.every((text) => phoneDigits(text).length >= 7) ? parts : [cell];
}

/** The first telephone number of a cell. */
export const firstPhone = (cell: string): string =>
	cell.length <= longestPhone ? cell : tidy(phonesIn(cell)[0] ?? '');

/** Makes the reader of a row's further addresses; `noteOthers` is for the cell of the first one. */
export function makeFurtherReader(columns: RoleColumns, readPhone: PhoneReader) {
	let found: string[] = [];

	return {
		/** Keeps the other addresses of the first address's cell, and says so. */
		noteOthers(
			at: number,
			cell: string,
			address: string,
			others: readonly string[],
			note: Note,
		): void {
			const kept = others.filter(isEmailAddress).slice(0, mostKept);
			if (kept.length < others.length || !isEmailAddress(address)) {
				note(at, cell, severalAddresses(address, others));
				if (!isEmailAddress(address)) return;
			} else {
				const named = kept.slice(0, mostNamed).join(', ');
				const further = kept.length > mostNamed ? ` and ${kept.length - mostNamed} more` : '';
				const count = others.length + 1;
				note(
					at,
					cell,
					`This cell holds ${count} addresses; mail goes to ${address}. Kept beside it: ${named}${further}.`,
				);
			}
			found = kept;
		},

		/** Gives a client, whose first address and telephone number are read, those that the row has beside. */
		read(cells: readonly string[], client: Client, note: Note): void {
			let addresses = found;
			if (found.length > 0) found = [];
			for (const at of columns.otherEmailAddresses) {
				const cell = cellAt(cells, at);
				if (cell === '') continue;
				const { address, others } = readAddressCell(cell);
				addresses = [...addresses, address, ...others].filter(isEmailAddress);
			}
			if (addresses.length > 0) {
				const kept = further(client.emailAddress, addresses, normaliseEmailAddress);
				if (kept.length > 0) client.otherEmailAddresses = kept;
				if (client.emailAddress === '' && kept.length > 0)
					note(
						columns.otherEmailAddresses[0] ?? -1,
						kept[0] as string,
						`This client has only a further address, ${kept[0]}; it was kept, but mail does not go there.`,
					);
			}
			this.readPhones(cells, client);
		},

		readPhones(cells: readonly string[], client: Client): void {
			const first = cellAt(cells, columns.phone);
			const isSeveral = first.length > longestPhone;
			if (!isSeveral && columns.otherPhones.length === 0) return;
			const texts = isSeveral ? phonesIn(first).slice(1) : [];
			for (const at of columns.otherPhones) {
				const cell = cellAt(cells, at);
				if (cell !== '') texts.push(...phonesIn(cell));
			}
			if (texts.length === 0) return;
			const phones = texts.map((text) => readPhone(text.trim())).filter(Boolean);
			client.phone ||= phones[0] ?? '';
			const kept = further(client.phone, phones, phoneDigits);
			if (kept.length > 0) client.otherPhones = kept;
		},
	};
}

/** The texts that are not the first, each once, as `same` makes them equal. */
function further(
	first: string,
	texts: readonly string[],
	same: (text: string) => string,
): readonly string[] {
	const seen = new Set([same(first)]);
	const kept: string[] = [];
	for (const text of texts) {
		const form = same(text);
		if (form === '' || seen.has(form) || kept.length >= mostKept) continue;
		seen.add(form);
		kept.push(text);
	}
	return kept;
}
