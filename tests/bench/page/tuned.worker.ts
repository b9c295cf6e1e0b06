import { readText } from '$lib/imports/decode.ts';
import { makePlanner } from '$lib/imports/plan.ts';
import { makeTableReader } from '$lib/imports/read-table.ts';
import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import { expose } from 'comlink';
import { growingIds, inspect } from './look-at-file.ts';
import { nameKey } from './text.ts';
import { openTuned, recordsAtOnce } from './tuned-database.ts';
import type { RowsImporting } from './way.ts';

/** Streamed and mapped by index as Portico does; chunks are written while the next ones are read. */
const importing: RowsImporting = {
	inspect,
	async take(file, mapping) {
		const database = openTuned();
		const { clients, contacts, imports } = database;
		const now = Date.now();
		const importId = crypto.randomUUID();
		// One look at the keys tells whether there is anybody to compare with.
		const isEmpty = (await clients.count()) === 0;
		const known = isEmpty
			? { clients: [], contacts: [] }
			: { clients: await clients.toArray(), contacts: await contacts.toArray() };
		const newId = growingIds();
		const planner = makePlanner(known, { importId, newId, report: () => undefined });
		const reader = makeTableReader(mapping, { importId, now }, (row, line) =>
			planner.take(row, line),
		);
		let waiting: { clients: Client[]; contacts: Contact[] } = { clients: [], contacts: [] };
		let writing: Promise<unknown> = Promise.resolve();
		const write = async () => {
			const rows = waiting;
			waiting = { clients: [], contacts: [] };
			await writing;
			writing = database.transaction('rw', clients, contacts, () =>
				Promise.all([
					clients.bulkPut(rows.clients.map((row) => ({ ...row, nameKey: nameKey(row) }))),
					contacts.bulkPut(rows.contacts),
				]),
			);
		};
		const take = () => {
			const drained = planner.drain();
			waiting.clients.push(...drained.clients);
			waiting.contacts.push(...drained.contacts);
		};
		for await (const text of readText(file, mapping.encoding)) {
			reader.push(text);
			take();
			if (waiting.clients.length >= recordsAtOnce) await write();
		}
		reader.end();
		take();
		waiting.clients.push(...planner.changed.clients);
		waiting.contacts.push(...planner.changed.contacts);
		await write();
		await writing;
		const counts = { ...planner.counts };
		await imports.put({
			id: importId,
			fileName: file.name,
			importedAt: now,
			counts,
			entryId: '',
			undoneAt: 0,
			isSample: false,
		});
		database.close();
		return counts;
	},
};

expose(importing);
