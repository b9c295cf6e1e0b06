import type { ImportCounts, RowProblem } from '$lib/domain/import.ts';
import type { Changes, Snapshot, Vault } from '$lib/vault/types.ts';
import { readText, WrongEncoding } from './decode.ts';
import { ImportTrouble, problemFrom, type ImportProblem } from './import-problem.ts';
import type { FileMapping } from './mapping.ts';
import { makePlanner, type Planner } from './plan.ts';
import { makeProblemLog, type ProblemLog, type RejectedRow } from './problem-log.ts';
import { makeTableReader } from './read-table.ts';
import { makeRowIds } from './row-ids.ts';

/** How far an import is. */
export interface ImportProgress {
	bytes: number;
	totalBytes: number;
	rows: number;
	/** The file is read; its clients are being saved, and it is too late to cancel. */
	isSaving: boolean;
}

export interface ImportOptions {
	onProgress?: (progress: ImportProgress) => void;
	signal?: AbortSignal;
	/** Fictional clients, so that they can be told from real ones. */
	isSample?: boolean;
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
	problems: RowProblem[];
	problemCount: number;
	/** The first thousand rejected rows as written; `counts.rejected` counts all. */
	rejectedRows: RejectedRow[];
}

export type ImportResult =
	Imported | { kind: 'cancelled' } | { kind: 'refused'; problem: ImportProblem };

/** Others may change clients while a long file is read; then it is compared anew. */
const mostAttempts = 3;

/**
 * Takes a file in as one commit: all of it or nothing. The text streams through and is never held;
 * new clients are written ahead, sealed, and become visible with the commit.
 */
export async function importFile(
	vault: Vault,
	file: File,
	mapping: FileMapping,
	options: ImportOptions = {},
): Promise<ImportResult> {
	try {
		let current = mapping;
		let isMixed = false;
		for (let attempt = 1; attempt <= mostAttempts;) {
			try {
				const result = await attemptImport(vault, file, current, isMixed, options);
				if (result) return result;
				attempt += 1;
			} catch (error) {
				if (!(error instanceof WrongEncoding)) throw error;
				current = { ...current, encoding: 'windows-1252' };
				isMixed = true;
			}
		}
		throw new ImportTrouble(
			'busy',
			'Clients were being changed elsewhere all the while. Nothing was imported. Close other Portico tabs and try again.',
		);
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
): Promise<Imported | undefined> {
	const now = (options.now ?? Date.now)();
	const newId = options.newId ?? makeRowIds();
	const importId = newId();
	const entryId = newId();
	const before = await vault.load('clients', 'contacts', 'imports');
	const existing = { clients: before.rows('clients'), contacts: before.rows('contacts') };
	const log = makeProblemLog();
	if (isMixed)
		log.report({
			line: 1,
			column: '',
			value: '',
			reason:
				'This file is not UTF-8 throughout and was read as windows-1252: look at names with accents.',
			severity: 'warning',
		});
	const planner = makePlanner(existing, { importId, newId, report: log.report });
	const staging = vault.stage();
	try {
		await readInto(planner, log, staging, file, mapping, { importId, now }, options);
		const { counts, changed } = planner;
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
				problems: log.problems,
				problemCount: log.total(),
				rejectedRows: log.rejectedRows,
			}
		);
	} catch (error) {
		// What was written ahead is swept later if it cannot be removed now.
		await staging.abandon().catch(() => {});
		throw error;
	}
}

async function readInto(
	planner: Planner,
	log: ProblemLog,
	staging: ReturnType<Vault['stage']>,
	file: File,
	mapping: FileMapping,
	context: { importId: string; now: number },
	{ signal, onProgress }: ImportOptions,
): Promise<void> {
	const reader = makeTableReader(mapping, context, (row, line, cells) => {
		planner.take(row, line);
		if (row.outcome === 'rejected') log.reject(line, cells, row.problems);
	});
	let bytes = 0;
	let told = 0;
	const tell = (isSaving: boolean) =>
		onProgress?.({ bytes, totalBytes: file.size, rows: planner.counts.rows, isSaving });
	const write = async () => {
		const { clients, contacts } = planner.drain();
		if (clients.length > 0) await staging.add('clients', clients);
		if (contacts.length > 0) await staging.add('contacts', contacts);
	};
	for await (const text of readText(file, mapping.encoding, (seen) => (bytes = seen))) {
		signal?.throwIfAborted();
		reader.push(text);
		await write();
		if (bytes !== told) tell(false);
		told = bytes;
	}
	reader.end();
	signal?.throwIfAborted();
	await write();
	tell(true);
	signal?.throwIfAborted();
}
