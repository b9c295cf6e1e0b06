import { theKeyHolder } from './the-vault.ts';

/** What takes a while, and ends with its tab when somebody locks. */
export type LongJob = 'import' | 'restore' | 'backup';

/** `startedAt` in epoch milliseconds. */
export interface Interrupted {
	job: LongJob;
	startedAt: number;
}

/** Of this tab alone, and over the reload that locks it. Names the job, and nothing in it. */
const storageKey = 'portico-interrupted';

/** From now until the returned function is called, a lock is noted as having come in the midst of it. */
export function noteIfLocked(job: LongJob): () => void {
	const interrupted: Interrupted = { job, startedAt: Date.now() };
	return theKeyHolder().whenLocked(() => {
		try {
			sessionStorage.setItem(storageKey, JSON.stringify(interrupted));
		} catch {
			// Without room for a mark nobody is told; the job itself is whole or not there in any case.
		}
	});
}

/** What the last lock came in the midst of; it is told once. */
export function takeInterrupted(): Interrupted | undefined {
	const text = sessionStorage.getItem(storageKey);
	if (!text) return undefined;
	sessionStorage.removeItem(storageKey);
	return JSON.parse(text) as Interrupted;
}
