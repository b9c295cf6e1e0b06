import { theVault } from '$lib/vault/the-vault.ts';
import { countNotInvited, type NotInvited } from './count-not-invited.ts';
import { importFile, type ImportProgress, type ImportResult } from './import-file.ts';
import { problemFrom } from './import-problem.ts';
import { inspectFile, type InspectResult } from './inspect-file.ts';
import type { FileMapping, MappingChoices } from './mapping.ts';

let running: AbortController | undefined;

/** What the import worker does for the page; plain data goes in and out. */
export const importing = {
	inspect: (file: File, choices: MappingChoices): Promise<InspectResult> =>
		inspectFile(file, choices),

	async take(
		file: File,
		mapping: FileMapping,
		isSample: boolean,
		onProgress: (progress: ImportProgress) => void,
	): Promise<ImportResult> {
		const mine = new AbortController();
		running?.abort();
		running = mine;
		try {
			const vault = await theVault();
			return await importFile(vault, file, mapping, { onProgress, isSample, signal: mine.signal });
		} catch (error) {
			return { kind: 'refused', problem: problemFrom(error) };
		} finally {
			if (running === mine) running = undefined;
		}
	},

	/** Here, because reading and counting all clients would hold up the page. */
	async countNotInvited(importId: string): Promise<NotInvited> {
		return countNotInvited(await theVault(), importId, Date.now());
	},

	/** An AbortSignal cannot cross to a worker. Too late once all is being saved. */
	cancel(): void {
		running?.abort();
	},
};

export type Importing = typeof importing;
