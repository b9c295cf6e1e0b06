import { fullName, type Client } from './client.ts';
import { foldToFind } from './fold.ts';
import { asTable, type Columns, type Table } from './table.ts';

/** Finds the rows in which every word of the query stands; positions in the rows, ascending. */
export type Search = (query: string) => Uint32Array;

type Searchable = Pick<
	Client,
	| 'firstName'
	| 'lastName'
	| 'preferredName'
	| 'emailAddress'
	| 'otherEmailAddresses'
	| 'phone'
	| 'otherPhones'
	| 'professional'
	| 'tags'
>;

/**
 * Prepares a search by name, preferred name, address, phone (its digits), professional and tags. All rows
 * stand in one folded string, a line each: one scan of it is faster than a scan a row.
 */
export function makeSearch(rows: readonly Searchable[] | Table<Searchable>): Search {
	const lines = asTable(rows).parts.flatMap(linesOf);
	const joined = foldToFind(`${lines.join('\n')}\n`);
	const ends = lineEnds(joined, rows.length);

	return (query) => {
		const words = foldToFind(query).split(/\s+/).filter(Boolean).map(digitsOfPhone);
		// The longest is the rarest: the others are looked for only where it stands.
		const [first = '', ...others] = words.sort((a, b) => b.length - a.length);
		const found = new Uint32Array(rows.length);
		let count = 0;
		let row = 0;
		for (
			let at = joined.indexOf(first);
			at >= 0 && row < rows.length;
			at = joined.indexOf(first, at)
		) {
			while ((ends[row] ?? 0) < at) row++;
			if (row >= rows.length) break;
			const end = ends[row] ?? 0;
			if (others.length === 0 || hasAll(joined, row && (ends[row - 1] ?? 0) + 1, end, others))
				found[count++] = row;
			row++;
			at = end + 1;
		}
		return found.subarray(0, count);
	};
}

function linesOf(rows: Columns<Searchable>): string[] {
	const firstNames = rows.column('firstName');
	const lastNames = rows.column('lastName');
	const preferredNames = rows.column('preferredName');
	const emailAddresses = rows.column('emailAddress');
	const phones = rows.column('phone');
	const professionals = rows.column('professional');
	const otherEmailAddresses = rows.column('otherEmailAddresses');
	const otherPhones = rows.column('otherPhones');
	const tags = rows.column('tags');
	return Array.from({ length: rows.length }, (_, at) => {
		const name = fullName({ firstName: firstNames.at(at), lastName: lastNames.at(at) });
		const preferred = preferredNames.at(at) && ` ${preferredNames.at(at)}`;
		const phone = phones.at(at) && ` ${phones.at(at).replace(/\D+/g, '')}`;
		const further = furtherOf(otherEmailAddresses.at(at), otherPhones.at(at), tags.at(at));
		const line = `${name}${preferred} ${emailAddresses.at(at)} ${professionals.at(at)}${phone}${further}`;
		return line.includes('\n') ? line.replaceAll('\n', ' ') : line;
	});
}

function furtherOf(
	emailAddresses?: readonly string[],
	phones?: readonly string[],
	tags?: readonly string[],
): string {
	if (!emailAddresses && !phones && !tags) return '';
	const digits = phones?.map((phone) => phone.replace(/\D+/g, '')) ?? [];
	return [...(emailAddresses ?? []), ...digits, ...(tags ?? [])].map((text) => ` ${text}`).join('');
}

/** A number is looked for as phones stand in the line, however it is typed. */
function digitsOfPhone(word: string): string {
	return /^\+?[\d()./-]{3,}$/.test(word) ? word.replace(/\D+/g, '') : word;
}

function lineEnds(joined: string, count: number): Uint32Array {
	const ends = new Uint32Array(count);
	for (let row = 0, at = -1; row < count; row++) ends[row] = at = joined.indexOf('\n', at + 1);
	return ends;
}

function hasAll(joined: string, start: number, end: number, words: readonly string[]): boolean {
	const line = joined.slice(start, end);
	return words.every((word) => line.includes(word));
}
