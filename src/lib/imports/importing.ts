import { theVault } from '$lib/vault/the-vault.ts';
import { countNotInvited, type NotInvited } from './count-not-invited.ts';
import { findEarlierImport } from './file-hash.ts';
import type { Finding } from './findings.ts';
import { importFile, type ImportProgress, type ImportResult } from './import-file.ts';
import { problemFrom } from './import-problem.ts';
import { inspectFile, type InspectResult } from './inspect-file.ts';
import type { FileMapping, MappingChoices } from './mapping.ts';
import type { ImportChoices } from './plan-file.ts';
import { reconcileFile, type PlannedUpdate, type ReconcileResult } from './reconcile-file.ts';
import { updatePortalStatus, type UpdatePortalResult } from './reconcile.ts';
import { reviewFile, type ReviewResult } from './review-file.ts';
import {
	outlookOfUndo,
	undoAndCount,
	type UndoOutlookResult,
	type UndoResult,
} from './undo-outlook.ts';

let running: AbortController | undefined;
let reviewing: AbortController | undefined;
/** What the person is looking at; it stays here until she decides. */
let plannedUpdate: PlannedUpdate | undefined;

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

	/** What a file says of the portal status; a newer look ends an older one. */
	async reconcile(
		file: File,
		mapping: FileMapping,
		onProgress: (progress: ImportProgress) => void,
	): Promise<ReconcileResult> {
		const mine = new AbortController();
		reviewing?.abort();
		reviewing = mine;
		plannedUpdate = undefined;
		try {
			return await reconcileFile(await theVault(), file, mapping, {
				onProgress,
				signal: mine.signal,
				planned: (update) => (plannedUpdate = update),
			});
		} catch (error) {
			return { kind: 'refused', problem: problemFrom(error) };
		}
	},

	/** Makes the changes that were looked at last, but for those left out. */
	async updatePortal(leftOut: Int32Array): Promise<UpdatePortalResult> {
		try {
			if (!plannedUpdate) return { kind: 'nothing' };
			return await updatePortalStatus(await theVault(), plannedUpdate, new Set(leftOut));
		} catch (error) {
			return { kind: 'refused', problem: problemFrom(error) };
		}
	},

	/** Here, because reading and counting all clients would hold up the page. */
	async countNotInvited(importId: string): Promise<NotInvited> {
		return countNotInvited(await theVault(), importId, Date.now());
	},

	/** Here too, for the same reason. */
	async planUndo(importId: string): Promise<UndoOutlookResult> {
		try {
			return await outlookOfUndo(await theVault(), importId);
		} catch (error) {
			return { kind: 'refused', problem: problemFrom(error) };
		}
	},

	async undo(importId: string): Promise<UndoResult> {
		try {
			return await undoAndCount(await theVault(), importId);
		} catch (error) {
			return { kind: 'refused', problem: problemFrom(error) };
		}
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
		const takenIn = imports.filter(({ kind }) => kind !== 'portal-status');
		return await findEarlierImport(takenIn, file);
	} catch {
		return [];
	}
}

export type Importing = typeof importing;
