import { trustedWorkerUrl } from '$lib/platform/trusted-types.ts';
import { proxy, releaseProxy, wrap, type Remote } from 'comlink';
import type { NotInvited } from './count-not-invited.ts';
import type { ImportProgress, ImportResult } from './import-file.ts';
import type { Importing } from './importing.ts';
import type { InspectResult } from './inspect-file.ts';
import workerUrl from './import.worker.ts?worker&url';
import type { FileMapping, MappingChoices } from './mapping.ts';
import type { ImportChoices } from './plan-file.ts';
import type { ReconcileResult } from './reconcile-file.ts';
import type { UpdatePortalResult } from './reconcile.ts';
import type { ReviewResult } from './review-file.ts';
import type { UndoOutlookResult, UndoResult } from './undo-outlook.ts';

/** The page's side of the import worker, which starts with the first file. */
export interface Importer {
	inspect(file: File, choices?: MappingChoices): Promise<InspectResult>;
	take(
		file: File,
		mapping: FileMapping,
		onProgress: (progress: ImportProgress) => void,
		isSample?: boolean,
		choices?: ImportChoices,
	): Promise<ImportResult>;
	/** What `take` would do, without doing it. */
	review(
		file: File,
		mapping: FileMapping,
		onProgress: (progress: ImportProgress) => void,
		choices: ImportChoices,
	): Promise<ReviewResult>;
	/** What a file says of the portal status of the clients who are here. */
	reconcile(
		file: File,
		mapping: FileMapping,
		onProgress: (progress: ImportProgress) => void,
	): Promise<ReconcileResult>;
	/** Makes the changes of the last `reconcile`, but for those at the indexes left out. */
	updatePortal(leftOut: Int32Array): Promise<UpdatePortalResult>;
	/** How many clients could be invited and never were. */
	countNotInvited(importId: string): Promise<NotInvited>;
	/** What `undo` would do, without doing it. */
	planUndo(importId: string): Promise<UndoOutlookResult>;
	/** Takes an import back. */
	undo(importId: string): Promise<UndoResult>;
	/** Stops the import that runs; its `take` answers 'cancelled'. */
	cancel(): void;
	/** Ends the worker, and with it whatever it holds. */
	close(): void;
}

export function openImporter(): Importer {
	let worker: Worker | undefined;
	let remote: Remote<Importing> | undefined;

	function started(): Remote<Importing> {
		if (remote) return remote;
		worker = new Worker(trustedWorkerUrl(workerUrl) as string, { type: 'module' });
		remote = wrap<Importing>(worker);
		return remote;
	}

	return {
		inspect: (file, choices = {}) => started().inspect(file, choices),
		take: (file, mapping, onProgress, isSample = false, choices) =>
			started().take(file, mapping, isSample, proxy(onProgress), choices),
		review: (file, mapping, onProgress, choices) =>
			started().review(file, mapping, proxy(onProgress), choices),
		reconcile: (file, mapping, onProgress) => started().reconcile(file, mapping, proxy(onProgress)),
		updatePortal: (leftOut) => started().updatePortal(leftOut),
		countNotInvited: (importId) => started().countNotInvited(importId),
		planUndo: (importId) => started().planUndo(importId),
		undo: (importId) => started().undo(importId),
		cancel: () => void remote?.cancel(),
		close() {
			remote?.[releaseProxy]();
			worker?.terminate();
			remote = undefined;
			worker = undefined;
		},
	};
}
