import type { CollectionName } from '$lib/domain/collections.ts';
import { inertCell } from '$lib/domain/spreadsheet-cell.ts';
import type { Snapshot } from '$lib/vault/types.ts';
import { openRows } from './export-json.ts';

/**
 * One collection as CSV (RFC 4180), line by line, the header first; a column for each field that any row
 * has. No cell is one that a spreadsheet program takes for a formula. A mark at the start has it read as
 * UTF-8. Nothing where there are no rows.
 */
export function* csvPieces(now: Snapshot, name: CollectionName): Generator<string> {
	const fields = new Set(['id']);
	let isEmpty = true;
	for (const row of openRows(now, name)) {
		isEmpty = false;
		for (const field of Object.keys(row)) fields.add(field);
	}
	if (isEmpty) return;
	const columns = [...fields];
	yield `\ufeff${line(columns)}`;
	for (const row of openRows(now, name)) {
		const values = row as unknown as Record<string, unknown>;
		yield line(columns.map((field) => textOf(values[field])));
	}
}

function line(texts: readonly string[]): string {
	return `${texts.map((text) => `"${inertCell(text).replaceAll('"', '""')}"`).join(',')}\r\n`;
}

function textOf(value: unknown): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
		return value.join('; ');
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
