import type { VaultPorts } from './database.ts';

/** A frozen tab may hold the writers' lock; after this long the compare-and-set alone must do. */
const lockPatienceMs = 10_000;

/** Runs `task` as the one writer of this database, or without the lock where it cannot be had. */
export async function asWriter<Result>(
	{ locks }: VaultPorts,
	databaseName: string,
	task: () => Promise<Result>,
): Promise<Result> {
	if (!locks) return task();
	const patience = new AbortController();
	const timer = setTimeout(() => patience.abort(), lockPatienceMs);
	let isHeld = false;
	try {
		const { signal } = patience;
		return await locks.request(`portico/writer/${databaseName}`, { signal }, () => {
			isHeld = true;
			clearTimeout(timer);
			return task();
		});
	} catch (error) {
		if (!isHeld && patience.signal.aborted) return task();
		throw error;
	} finally {
		clearTimeout(timer);
	}
}
