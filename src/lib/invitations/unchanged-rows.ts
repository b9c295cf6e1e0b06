import type { Client } from '$lib/domain/client.ts';
import { isEqual } from '$lib/domain/equal.ts';
import type { ReportRow } from '$lib/domain/report.ts';
import { asTable, type Table } from '$lib/domain/table.ts';

/** Those of the rows whose client still is what the person saw when she confirmed. */
export function unchangedRows(
	rows: readonly ReportRow[],
	clients: readonly Client[] | Table<Client>,
): readonly ReportRow[] {
	const seen = new Map(rows.map((row) => [row.clientId, row]));
	const isSame = new Set<ReportRow>();
	const table = asTable(clients);
	let start = 0;
	for (const part of table.parts) {
		const ids = part.column('id');
		for (let index = 0; index < part.length; index++) {
			const row = seen.get(ids.at(index));
			const client = row && table.row(start + index);
			// Rows that another tab's commit brought back from disk are equal but not the same.
			if (client && (row.client === client || isEqual(row.client, client))) isSame.add(row);
		}
		start += part.length;
	}
	return isSame.size === rows.length ? rows : rows.filter((row) => isSame.has(row));
}
