import { readText } from '$lib/imports/decode.ts';
import { makeTableReader } from '$lib/imports/read-table.ts';
import { expose } from 'comlink';
import { inspect } from './look-at-file.ts';
import type { RowsImporting } from './way.ts';

/** Decoding, parsing and mapping alone, with Portico's own code; nothing is compared, kept or written. */
const importing: RowsImporting = {
	inspect,
	async take(file, mapping) {
		const counts = { rows: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, rejected: 0 };
		const reader = makeTableReader(mapping, { importId: '', now: Date.now() }, (row) => {
			counts.rows += 1;
			if (row.outcome === 'client') counts.created += 1;
			else if (row.outcome === 'rejected') counts.rejected += 1;
			else counts.skipped += 1;
		});
		for await (const text of readText(file, mapping.encoding)) reader.push(text);
		reader.end();
		return counts;
	},
};

expose(importing);
