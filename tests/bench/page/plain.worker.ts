import { makePlanner } from '$lib/imports/plan.ts';
import { makeRowReader } from '$lib/imports/read-row.ts';
import { expose } from 'comlink';
import Papa from 'papaparse';
import { growingIds, inspect } from './look-at-file.ts';
import { openPlain } from './plain-database.ts';
import type { RowsImporting } from './way.ts';

/** The whole file parsed at once into objects by header, compared with all clients, added in bulk. */
const importing: RowsImporting = {
	inspect,
	async take(file, mapping) {
		const database = openPlain();
		const { clients, contacts, imports } = database;
		const now = Date.now();
		const importId = crypto.randomUUID();
		const { data } = Papa.parse<Record<string, string>>(await file.text(), {
			header: true,
			skipEmptyLines: true,
		});
		const known = { clients: await clients.toArray(), contacts: await contacts.toArray() };
		const newId = growingIds();
		const planner = makePlanner(known, { importId, newId, report: () => undefined });
		const read = makeRowReader(mapping, { importId, now });
		data.forEach((row, index) => {
			const cells = mapping.header.map((name) => row[name] ?? '');
			planner.take(read(cells, index + 2), index + 2);
		});
		const fresh = planner.drain();
		const counts = { ...planner.counts };
		await database.transaction('rw', clients, contacts, imports, async () => {
			await clients.bulkAdd(fresh.clients);
			await contacts.bulkAdd(fresh.contacts);
			await clients.bulkPut(planner.changed.clients);
			await contacts.bulkPut(planner.changed.contacts);
			await imports.add({
				id: importId,
				fileName: file.name,
				importedAt: now,
				counts,
				entryId: '',
				undoneAt: 0,
				isSample: false,
			});
		});
		database.close();
		return counts;
	},
};

expose(importing);
