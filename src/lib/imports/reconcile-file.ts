import type { PortalCounts } from '$lib/domain/import.ts';
import { productOf } from '$lib/domain/known-product.ts';
import type { Vault } from '$lib/vault/types.ts';
import { readText } from './decode.ts';
import { hashFile } from './file-hash.ts';
import { problemFrom, type ImportProblem } from './import-problem.ts';
import type { FileMapping } from './mapping.ts';
import { inSomeEncoding, type ImportProgress } from './plan-file.ts';
import { makeComparison, type Reconciled } from './reconcile-rows.ts';
import { makeFixedReader } from './row-fixes.ts';
import { tableFile } from './table-file.ts';

export type ReconcileResult =
	Reconciled | { kind: 'cancelled' } | { kind: 'refused'; problem: ImportProblem };

/** What the worker keeps until the person has decided. */
export interface PlannedUpdate {
	clientIds: readonly string[];
	marks: Uint8Array;
	counts: PortalCounts;
	/** Name of the column that says who has joined; '' for none. */
	loginColumn: string;
	file: Pick<File, 'name'> & { hash: string; product: string; format: string };
}

export interface ReconcileOptions {
	onProgress?: (progress: ImportProgress) => void;
	signal?: AbortSignal;
	now?: number;
	/** Takes what it would need to make the changes. */
	planned?: (update: PlannedUpdate) => void;
}

/** Compares a file with the clients who are here, and changes nothing. Never throws. */
export async function reconcileFile(
	vault: Vault,
	file: File,
	mapping: FileMapping,
	options: ReconcileOptions = {},
): Promise<ReconcileResult> {
	try {
		return await inSomeEncoding(mapping, (current) => reconcile(vault, file, current, options));
	} catch (error) {
		if (options.signal?.aborted) return { kind: 'cancelled' };
		return { kind: 'refused', problem: reconcileProblem(error) };
	}
}

/** The import's words, where they speak of an import. */
export function reconcileProblem(error: unknown): ImportProblem {
	const problem = problemFrom(error);
	return problem.kind === 'failed'
		? { ...problem, message: problem.message.replace('The import', 'The update') }
		: problem;
}

async function reconcile(
	vault: Vault,
	file: File,
	mapping: FileMapping,
	{ onProgress, signal, now = Date.now(), planned }: ReconcileOptions,
): Promise<Reconciled> {
	const table = mapping.source === 'text' ? file : (await tableFile(file, mapping.sheet)).file;
	const state = await vault.load('clients', 'merges');
	signal?.throwIfAborted();
	const comparison = makeComparison(
		state.rows('clients'),
		state.rows('merges'),
		mapping.roles.includes('portalLogin'),
	);
	const reader = makeFixedReader(mapping, { importId: '', now }, [], (row, line) =>
		row.outcome === 'client' ? comparison.take(row, line) : comparison.passOver(),
	);
	let bytes = 0;
	const tell = () =>
		onProgress?.({ bytes, totalBytes: table.size, rows: comparison.rows, isSaving: false });
	for await (const text of readText(table, mapping.encoding, (seen) => (bytes = seen))) {
		signal?.throwIfAborted();
		reader.push(text);
		tell();
	}
	reader.end();
	const hash = await hashFile(file, signal);
	signal?.throwIfAborted();
	const { clientIds, ...result } = comparison.end();
	const product = mapping.hasHeader ? productOf(mapping.header) : '';
	planned?.({
		clientIds,
		marks: result.marks,
		counts: result.counts,
		loginColumn: mapping.header[mapping.roles.indexOf('portalLogin')] ?? '',
		file: { name: file.name, hash, product, format: mapping.source },
	});
	return result;
}
