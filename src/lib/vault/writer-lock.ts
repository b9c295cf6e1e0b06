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

/** Every staging holds this shared; who takes it alone knows that nobody fills blocks that no head names yet. */
export const stagingLock = (databaseName: string) => `portico/staging/${databaseName}`;

/** Runs `task` while nobody else writes or stages; waits until a staging under way has ended. */
export async function alone<Result>(
	ports: VaultPorts,
	databaseName: string,
	task: () => Promise<Result>,
): Promise<Result> {
	const write = () => asWriter(ports, databaseName, task);
	if (!ports.locks) return write();
	return ports.locks.request(stagingLock(databaseName), write);
}
