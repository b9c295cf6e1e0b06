import type { Client } from '$lib/domain/client.ts';
import type { ReportRow } from '$lib/domain/report.ts';

/** Those of the rows whose client still is what the person saw when she confirmed. */
export function unchangedRows(
	rows: readonly ReportRow[],
	clients: readonly Client[],
): readonly ReportRow[] {
	const seen = new Map(rows.map((row) => [row.client.id, row]));
	const isSame = new Set<ReportRow>();
	for (const client of clients) {
		const row = seen.get(client.id);
		// Rows that another tab's commit brought back from disk are equal but not the same.
		if (row && (row.client === client || isEqual(row.client, client))) isSame.add(row);
	}
	return isSame.size === rows.length ? rows : rows.filter((row) => isSame.has(row));
}

function isEqual(a: Client, b: Client): boolean {
	const fields = Object.keys(b) as (keyof Client)[];
	return fields.every((field) => a[field] === b[field]);
}
