import { inertCell } from '$lib/domain/spreadsheet-cell.ts';
import type { FileMapping } from './mapping.ts';
import type { RejectedRow } from './problem-log.ts';
import { roleWords } from './role-words.ts';

/** The column that says why; a file that has it is one of these, and it is never a client's. */
export const reasonColumn = 'Reason';

/**
 * Rejected rows as a CSV file: the file's own columns and the reason, to be corrected and imported
 * again. A mark at the start and the file's own delimiter have spreadsheet programs read it right.
 */
export function rejectedFile(
	rows: readonly RejectedRow[],
	mapping: Pick<FileMapping, 'header' | 'hasHeader' | 'roles' | 'delimiter'>,
): string {
	const delimiter = mapping.delimiter === ';' ? ';' : ',';
	const header = namesOf(mapping);
	// Such a file imported again has the column already.
	const isAgain =
		header.at(-1) === reasonColumn && (mapping.roles[header.length - 1] ?? 'ignore') === 'ignore';
	if (isAgain) header.pop();
	const own = isAgain ? header.length : Infinity;
	let width = header.length;
	for (const { cells } of rows) width = Math.max(width, Math.min(cells.length, own));
	while (header.length < width) header.push('');
	const write = (cells: readonly string[]) =>
		cells.map((cell) => `"${inertCell(cell).replaceAll('"', '""')}"`).join(delimiter);
	const lines = [write([...header, reasonColumn])];
	for (const { cells, reason } of rows) {
		const padded = Array.from({ length: width }, (_, at) => cells[at] ?? '');
		lines.push(write([...padded, reason]));
	}
	return `\ufeff${lines.join('\r\n')}\r\n`;
}

/** "clients.csv" → "clients, rejected rows.csv". */
export function rejectedFileName(fileName: string): string {
	const name = fileName.replace(/\.[^.]*$/u, '').replace(/, rejected rows$/u, '');
	return `${name}, rejected rows.csv`;
}

/** A file without a header gets names that are recognised when it comes back. */
function namesOf({ header, hasHeader, roles }: Parameters<typeof rejectedFile>[1]): string[] {
	if (hasHeader) return [...header];
	return header.map((name, at) => {
		const role = roles[at] ?? 'ignore';
		return role === 'ignore' ? name : roleWords[role];
	});
}
