import type { ColumnRole } from '$lib/domain/column-role.ts';
import type { RowProblem } from '$lib/domain/import.ts';
import type { FileMapping } from './mapping.ts';
import type { FileProblem, ProblemCell } from './problem-groups.ts';

/** By what a person and her row are known. */
const known: readonly ColumnRole[] = ['fullName', 'firstName', 'lastName', 'emailAddress'];
const names: readonly ColumnRole[] = ['fullName', 'firstName', 'lastName'];

/** A row that is far too long is shown as far as it helps. */
const mostCells = 12;
/** A longer cell is cut: what stands in a name or an address is never as long. */
const longestShown = 2_000;
const longestName = 80;

/** The cells that go with a problem of a row. */
export function placeOf(
	{ column, value }: RowProblem,
	{ header, roles }: Pick<FileMapping, 'header' | 'roles'>,
	row: readonly string[],
): Pick<FileProblem, 'at' | 'cell' | 'who' | 'cells'> {
	const cellOf = (at: number): ProblemCell => ({
		at,
		column: header[at] || `Column ${at + 1}`,
		cell: (row[at] ?? '').slice(0, longestShown),
	});
	const who = names
		.map((role) => row[roles.indexOf(role)]?.trim() ?? '')
		.filter(Boolean)
		.join(' ')
		.slice(0, longestName);
	const at = column === '' ? -1 : columnAt(header, column, value, row);
	if (at >= 0) return { at, cell: row[at] ?? '', who, cells: [cellOf(at)] };
	return { at: -1, cell: '', who, cells: cellsOf(roles, header.length, row).map(cellOf) };
}

/** Of columns with one name, the one that holds the value; -1 where none has the name. */
function columnAt(
	header: readonly string[],
	column: string,
	value: string,
	row: readonly string[],
): number {
	const first = header.indexOf(column);
	if (first < 0 || value === '') return first;
	for (let at = first; at >= 0; at = header.indexOf(column, at + 1))
		if (row[at]?.includes(value)) return at;
	return first;
}

/** In a row of another width a cell may stand in any place: all that are taken in, and those beyond. */
function cellsOf(roles: readonly ColumnRole[], width: number, row: readonly string[]): number[] {
	if (row.length === 0) return [];
	const columns =
		row.length === width
			? known.map((role) => roles.indexOf(role)).filter((at) => at >= 0)
			: Array.from({ length: Math.max(width, row.length) }, (_, at) => at).filter(
					(at) => at >= width || (roles[at] ?? 'ignore') !== 'ignore',
				);
	return columns.slice(0, mostCells);
}
