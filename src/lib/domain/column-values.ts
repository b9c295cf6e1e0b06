import { readStatus } from './client-words.ts';
import type { ColumnRole } from './column-role.ts';
import { looksLikeDate } from './date-text.ts';

const address = /^\S+@\S+\.\S+$/u;
const phone = /^\+?[\d\s().-]{7,20}$/u;
const lastFirst = /^[\p{L}'’ .-]+, ?[\p{L}'’ .-]+$/u;
const oneName = /^[\p{L}'’.-]+$/u;
const nameWords = /^[\p{L}'’.-]+(?: [\p{L}'’.&-]+){1,4}$/u;

/** Names of columns hold no address, date or telephone number: a first row that does is a client. */
export function looksLikeValues(row: readonly string[], thisYear: number): boolean {
	return row.some((cell) => {
		const text = cell.trim();
		return address.test(text) || looksLikeDate(text, thisYear) || phone.test(text);
	});
}

/** What each column is by the look of its values, for a file without a row of names. */
export function recogniseByValues(
	rows: readonly (readonly string[])[],
	thisYear: number,
): ColumnRole[] {
	const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
	const columns = Array.from({ length: width }, (_, at) =>
		rows.map((row) => (row[at] ?? '').trim()).filter(Boolean),
	);
	const roles: ColumnRole[] = columns.map(() => 'ignore');
	const give = (role: ColumnRole, looksRight: (text: string) => boolean, share = 0.6) => {
		const at = columns.findIndex(
			(values, column) =>
				roles[column] === 'ignore' &&
				values.length > 0 &&
				values.filter(looksRight).length >= values.length * share,
		);
		if (at >= 0) roles[at] = role;
		return at;
	};
	give('emailAddress', (text) => address.test(text));
	give('dateOfBirth', (text) => looksLikeDate(text, thisYear), 0.9);
	give('phone', (text) => phone.test(text) && text.replace(/\D/gu, '').length >= 7);
	give('status', (text) => readStatus(text) !== undefined, 0.9);
	if (give('fullName', (text) => lastFirst.test(text) || nameWords.test(text)) < 0) {
		const first = give('firstName', (text) => oneName.test(text));
		if (first >= 0 && give('lastName', (text) => oneName.test(text) || nameWords.test(text)) < 0)
			roles[first] = 'fullName';
	}
	return roles;
}
