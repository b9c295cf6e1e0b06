import type { Table } from 'dexie';
import type { Database } from './database.ts';

/**
 * Writes in one transaction. Where the browser aborts it, rejects with the browser's own reason: the
 * requests in it only say that it was aborted, and a full disk would go by no name.
 */
export async function writing<Result>(
	database: Database,
	tables: readonly Table[],
	task: () => Promise<Result>,
): Promise<Result> {
	let begun: IDBTransaction | undefined;
	try {
		return await database.transaction('rw', tables, (transaction) => {
			begun = transaction.idbtrans;
			return task();
		});
	} catch (error) {
		throw begun?.error ?? error;
	}
}
