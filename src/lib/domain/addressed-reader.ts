import type { Client } from './client.ts';
import type { Columns, Table } from './table.ts';
import type { Addressed } from './written-to.ts';

/** Reads of a client, by her place, what a message is made of: column by column, in whatever order. */
export function addressedReader(clients: Table<Client>): (index: number) => Addressed {
	const { parts } = clients;
	const ends: number[] = [];
	for (const { length } of parts) ends.push((ends.at(-1) ?? 0) + length);
	const readers: (((at: number) => Addressed) | undefined)[] = [];
	return (index) => {
		let from = 0;
		let to = parts.length - 1;
		while (from < to) {
			const middle = (from + to) >>> 1;
			if ((ends[middle] ?? 0) <= index) from = middle + 1;
			else to = middle;
		}
		const part = parts[from];
		if (!part || index >= (ends[from] ?? 0)) throw new RangeError(`There is no row ${index}`);
		return (readers[from] ??= readerOf(part))(index - (ends[from - 1] ?? 0));
	};
}

function readerOf(part: Columns<Client>): (at: number) => Addressed {
	const ids = part.column('id');
	const firstNames = part.column('firstName');
	const lastNames = part.column('lastName');
	const preferredNames = part.column('preferredName');
	const emailAddresses = part.column('emailAddress');
	const professionals = part.column('professional');
	const languages = part.column('language');
	return (at) => {
		const language = languages.at(at);
		const addressed = {
			id: ids.at(at),
			firstName: firstNames.at(at),
			lastName: lastNames.at(at),
			preferredName: preferredNames.at(at),
			emailAddress: emailAddresses.at(at),
			professional: professionals.at(at),
		};
		return language === undefined ? addressed : { ...addressed, language };
	};
}
