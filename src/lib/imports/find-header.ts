import { recogniseColumns, type ColumnRole } from '$lib/domain/column-role.ts';
import { looksLikeValues, recogniseByValues } from '$lib/domain/column-values.ts';
import type { MappingChoices } from './mapping.ts';

/** Where a file's clients begin, and what its columns are called and are. */
export interface FoundHeader {
	dataStart: number;
	header: string[];
	hasHeader: boolean;
	roles: ColumnRole[];
}

/** Titles and notes stand above a header, not pages of them. */
const rowsLookedAt = 10;

/** Finds the row of names among the first rows: the one in which the most columns are recognised. */
export function findHeader(
	rows: readonly string[][],
	hasHint: boolean,
	choices: MappingChoices,
	thisYear: number,
): FoundHeader {
	let first = hasHint ? 1 : 0;
	while (first < rows.length - 1 && isBlank(rows[first] ?? [])) first += 1;
	let best = { at: first, score: 0 };
	for (let at = first; at < Math.min(first + rowsLookedAt, rows.length); at += 1) {
		const row = rows[at] ?? [];
		if (looksLikeValues(row, thisYear)) continue;
		const score = recogniseColumns(row).filter((role) => role !== 'ignore').length;
		if (score > best.score && (at === first || score > 1)) best = { at, score };
	}
	const hasHeader =
		choices.hasHeader ?? (best.score > 0 || !looksLikeValues(rows[first] ?? [], thisYear));
	if (hasHeader) {
		const header = (rows[best.at] ?? []).map((name) => name.replace(/^\ufeff/u, '').trim());
		const roles = choices.roles ?? recogniseColumns(header);
		return { dataStart: best.at + 1, header, hasHeader, roles };
	}
	const data = rows.slice(first, first + 200);
	const width = data.reduce((widest, row) => Math.max(widest, row.length), 0);
	const header = Array.from({ length: width }, (_, at) => `Column ${at + 1}`);
	const roles = choices.roles ?? recogniseByValues(data, thisYear);
	return { dataStart: first, header, hasHeader, roles };
}

const isBlank = (row: readonly string[]) => row.every((cell) => cell.trim() === '');
