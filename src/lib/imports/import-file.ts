import type { ImportCounts } from '$lib/domain/import.ts';
import { productOf } from '$lib/domain/known-product.ts';
import type { Changes, Snapshot, Vault } from '$lib/vault/types.ts';
import { hashFile } from './file-hash.ts';
import { ImportTrouble, problemFrom, type ImportProblem } from './import-problem.ts';
import type { FileMapping } from './mapping.ts';
import {
	inSomeEncoding,
	planFile,
	type ImportChoices,
	type ImportProgress,
	type PlanFileOptions,
} from './plan-file.ts';
import type { Planner } from './plan.ts';
import type { FileProblem, ProblemGroup } from './problem-groups.ts';
import type { RejectedRow } from './problem-log.ts';
import { makeRowIds } from '$lib/vault/make-row-ids.ts';

export type { ImportProgress };

export interface ImportOptions {
	onProgress?: (progress: ImportProgress) => void;
	signal?: AbortSignal;
	/** Fictional clients, so that they can be told from real ones. */
	isSample?: boolean;
	choices?: ImportChoices;
	now?: () => number;
	newId?: () => string;
}

export interface Imported {
	kind: 'imported';
	importId: string;
	/** The commit's entry in the journal: what 'Undo import' undoes. */
	entryId: string;
	counts: ImportCounts;
	/** The first thousand; `problemCount` counts all. */
	problems: FileProblem[];
	problemCount: number;
	problemGroups: ProblemGroup[];
	/** The first ten thousand rejected rows as written; `counts.rejected` counts all. */
	rejectedRows: RejectedRow[];
}

export type ImportResult =
	Imported | { kind: 'cancelled' } | { kind: 'refused'; problem: ImportProblem };

type LateMarks = Planner['lateMarks'];

/** Others may change clients while a long file is read; then it is compared anew. */
const mostAttempts = 3;

/**
 * Takes a file in as one commit: all of it or nothing. New clients are written ahead, sealed, but for
 * the last ones, and become visible with the commit.
 */
export async function importFile(
	vault: Vault,
	file: File,
	mapping: FileMapping,
	options: ImportOptions = {},
): Promise<ImportResult> {
	try {
		return await inSomeEncoding(mapping, async (current, isMixed) => {
			let lateMarks: LateMarks | undefined;
			for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
				const result = await attemptImport(vault, file, current, isMixed, options, lateMarks);
				if (result?.kind === 'marked') {
					lateMarks = result.lateMarks;
					// The same clients are compared once more: no attempt is lost by that.
					attempt -= 1;
				} else if (result) return result;
			}
			throw new ImportTrouble(
				'busy',
				'Clients were being changed elsewhere all the while. Nothing was imported. Close other Portico tabs and try again.',
			);
		});
	} catch (error) {
		if (options.signal?.aborted) return { kind: 'cancelled' };
		return { kind: 'refused', problem: problemFrom(error) };
	}
}

/** One reading of the file against the clients as they are; undefined when they changed meanwhile. */
async function attemptImport(
	vault: Vault,
	file: File,
	mapping: FileMapping,
	isMixed: boolean,
	options: ImportOptions,
	lateMarks: LateMarks | undefined,
): Promise<Imported | { kind: 'marked'; lateMarks: LateMarks } | undefined> {
	const now = (options.now ?? Date.now)();
	const newId = options.newId ?? makeRowIds().next;
	const importId = newId();
	const entryId = newId();
	const before = await vault.load('clients', 'contacts', 'imports', 'merges');
	const existing = {
		clients: before.rows('clients'),
		contacts: before.rows('contacts'),
		merges: before.rows('merges'),
	};
	const staging = vault.stage();
	const write: PlanFileOptions['write'] = async ({ clients, contacts }) => {
		if (clients.length > 0) await staging.add('clients', clients);
		if (contacts.length > 0) await staging.add('contacts', contacts);
	};
	try {
		const context = { importId, newId, now, isMixed };
		const planning = planFile(file, mapping, existing, context, { ...options, write, lateMarks });
		// Behind the reading, which waits for the file's first bytes.
		const hashing = hashFile(file, options.signal);
		// Heard when it is awaited; a reading that fails does not await it.
		hashing.catch(() => undefined);
		const planned = await planning;
		const { counts, changed } = planned.planner;
		if (!lateMarks && planned.planner.lateMarks.size > 0) {
			await staging.abandon();
			return { kind: 'marked', lateMarks: planned.planner.lateMarks };
		}
		const fileHash = await hashing;
		const isSame = (now: Snapshot) =>
			now.rows('clients') === existing.clients && now.rows('contacts') === existing.contacts;
		const build = (state: Snapshot): Changes | undefined => {
			if (!isSame(state)) return undefined;
			const row = {
				id: importId,
				fileName: file.name,
				importedAt: now,
				counts: { ...counts },
				entryId,
				undoneAt: 0,
				isSample: options.isSample ?? false,
				fileHash,
				product: mapping.hasHeader ? productOf(mapping.header) : '',
				format: mapping.source,
			};
			return { put: { clients: changed.clients, contacts: changed.contacts, imports: [row] } };
		};
		const receipt = await staging.commit(
			build,
			{
				id: entryId,
				what: 'import',
				count: counts.created + counts.updated,
				canUndo: counts.created + counts.updated > 0,
			},
			{ needs: ['clients', 'contacts', 'imports'] },
		);
		return (
			receipt && {
				kind: 'imported',
				importId,
				entryId,
				counts: { ...counts },
				problems: planned.log.problems,
				problemCount: planned.log.total(),
				problemGroups: planned.log.groups(),
				rejectedRows: planned.log.rejectedRows,
			}
		);
	} catch (error) {
		// What was written ahead is swept later if it cannot be removed now.
		await staging.abandon().catch(() => {});
		throw error;
	}
}
