import { Dexie, type Table } from 'dexie';

/** A request that left this device: where to and when, nothing of what it carried. */
export interface LoggedRequest {
	id?: number;
	at: number;
	where: string;
	status: number;
	by: 'page' | 'worker';
}

const mostKept = 2_000;
const name = 'portico-requests';

/**
 * Requests that left, by place and time; no word about whom. Kept beside the vault, because a locked vault
 * could not write it, and each line would be a change to back up.
 */
async function withLog<Result>(
	task: (requests: Table<LoggedRequest, number>) => Promise<Result>,
): Promise<Result> {
	const database = new Dexie(name, { chromeTransactionDurability: 'relaxed' });
	database.version(1).stores({ requests: '++id' });
	try {
		return await task(database.table('requests'));
	} finally {
		database.close();
	}
}

export function logRequests(requests: readonly Omit<LoggedRequest, 'id'>[]): Promise<void> {
	return withLog(async (log) => {
		await log.bulkAdd([...requests]);
		const over = (await log.count()) - mostKept;
		if (over > 0) await log.orderBy('id').limit(over).delete();
	});
}

/** Newest first. */
export function loggedRequests(): Promise<LoggedRequest[]> {
	return withLog((log) => log.orderBy('id').reverse().toArray());
}

export function clearLoggedRequests(): Promise<void> {
	return withLog((log) => log.clear());
}
