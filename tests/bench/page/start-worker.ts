import { wrap } from 'comlink';
import type { RowsImporting, Taking } from './way.ts';

/** Starts a fresh worker and lets it look at the file, as Portico's does before 'Import' is pressed. */
export async function lookWith(worker: Worker, file: File): Promise<Taking> {
	const remote = wrap<RowsImporting>(worker);
	const mapping = await remote.inspect(file);
	return { take: () => remote.take(file, mapping), close: () => worker.terminate() };
}
