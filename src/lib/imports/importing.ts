import { theVault } from '$lib/vault/the-vault.ts';
import { countNotInvited, type NotInvited } from './count-not-invited.ts';
import { findEarlierImport } from './file-hash.ts';
import type { Finding } from './findings.ts';
import { importFile, type ImportProgress, type ImportResult } from './import-file.ts';
import { problemFrom } from './import-problem.ts';
import { inspectFile, type InspectResult } from './inspect-file.ts';
import type { FileMapping, MappingChoices } from './mapping.ts';
import type { ImportChoices } from './plan-file.ts';
import { reviewFile, type ReviewResult } from './review-file.ts';

let running: AbortController | undefined;
let reviewing: AbortController | undefined;

/** What the import worker does for the page; plain data goes in and out. */
export const importing = {
	async inspect(file: File, choices: MappingChoices): Promise<InspectResult> {
		const result = await inspectFile(file, choices);
		if (result.kind === 'inspected')
			result.inspection.findings.push(...(await importedBefore(file)));
		return result;
	},

	async take(
		file: File,
		mapping: FileMapping,
		isSample: boolean,
		onProgress: (progress: ImportProgress) => void,
		choices?: ImportChoices,
	): Promise<ImportResult> {
		const mine = new AbortController();
		reviewing?.abort();
		running?.abort();
		running = mine;
		try {
			const vault = await theVault();
			const { signal } = mine;
			return await importFile(vault, file, mapping, { onProgress, isSample, signal, choices });
		} catch (error) {
			return { kind: 'refused', problem: problemFrom(error) };
		} finally {
			if (running === mine) running = undefined;
		}
	},

	/** What `take` would do; a newer review or an import ends an older one. */
	async review(
		file: File,
		mapping: FileMapping,
		onProgress: (progress: ImportProgress) => void,
		choices: ImportChoices,
	): Promise<ReviewResult> {
		const mine = new AbortController();
		reviewing?.abort();
		reviewing = mine;
		try {
			const vault = await theVault();
			return await reviewFile(vault, file, mapping, { onProgress, choices, signal: mine.signal });
		} catch (error) {
			return { kind: 'refused', problem: problemFrom(error) };
		}
	},

	/** Here, because reading and counting all clients would hold up the page. */
	async countNotInvited(importId: string): Promise<NotInvited> {
		return countNotInvited(await theVault(), importId, Date.now());
	},

	/** An AbortSignal cannot cross to a worker. Too late once all is being saved. */
	cancel(): void {
		reviewing?.abort();
		running?.abort();
	},
};

/** A vault that cannot be opened says so when something is to be saved. */
async function importedBefore(file: File): Promise<Finding[]> {
	try {
		const imports = (await (await theVault()).load('imports')).rows('imports');
		return await findEarlierImport(imports, file);
	} catch {
		return [];
	}
}

export type Importing = typeof importing;
