import { fullName, type Client } from '$lib/domain/client.ts';
import type { PortalCounts } from '$lib/domain/import.ts';
import { productOf } from '$lib/domain/known-product.ts';
import type { Merge } from '$lib/domain/merge.ts';
import type { Vault } from '$lib/vault/types.ts';
import { readText } from './decode.ts';
import { hashFile } from './file-hash.ts';
import { problemFrom, type ImportProblem } from './import-problem.ts';
import type { FileMapping } from './mapping.ts';
import { matchWords } from './match-policy.ts';
import { inSomeEncoding, type ImportProgress } from './plan-file.ts';
import { lacking, marksOf } from './portal-marks.ts';
import type { ClientRow } from './read-row.ts';
import { RowColumnsWriter, type RowColumns } from './reconcile-lists.ts';
import { makeFinder, type Found } from './reconcile-match.ts';
import { makeFixedReader } from './row-fixes.ts';
import { tableFile } from './table-file.ts';

/** What a file says of the portal status of the clients who are here. Crosses to the page. */
export interface Reconciled {
	kind: 'reconciled';
	/** As if all changes were made. */
	counts: PortalCounts;
	/** One a client whom the file says something new of. */
	changes: RowColumns;
	/** What each change is, as bits of `portalMarks`. */
	marks: Uint8Array;
	/** 1 where the client was found beyond doubt. */
	isSure: Uint8Array;
	unclear: RowColumns;
	unknown: RowColumns;
	/** Joined here, while the file says that they have no login; for information. */
	withoutLogin: RowColumns;
}

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

const nameAloneWords = 'The name alone agrees';

/** Every row counts once; a client whom several rows speak of has what they say together. */
function makeComparison(clients: readonly Client[], merges: readonly Merge[], hasLogins: boolean) {
	const find = makeFinder(clients, merges);
	/** Of each client: the line that spoke of her first, what she gets, and what was said of a login. */
	const firstLine = new Int32Array(clients.length);
	const newMarks = new Uint8Array(clients.length);
	const saidLogin = new Int8Array(clients.length);
	const [yes, no] = [1, -1];
	const updates: { person: number; line: number; words: string; isSure: boolean }[] = [];
	const unclear = new RowColumnsWriter();
	const unknown = new RowColumnsWriter();
	const counts: PortalCounts = {
		rows: 0,
		updated: 0,
		leftOut: 0,
		unchanged: 0,
		unclear: 0,
		unknown: 0,
		repeated: 0,
		unread: 0,
	};

	function takeOne(row: ClientRow, line: number, found: Found & { kind: 'one' }): void {
		const { person, reason } = found;
		const known = clients[person] as Client;
		const isSure = reason !== 'address-alone';
		if (row.client.hasJoinedPortal) saidLogin[person] = yes;
		else if (hasLogins && saidLogin[person] === 0) saidLogin[person] = no;
		const before = newMarks[person] as number;
		const after = before | lacking(known, marksOf(row));
		newMarks[person] = after;
		const wasSeen = firstLine[person] !== 0;
		if (!wasSeen) firstLine[person] = line;
		if (before === 0 && after !== 0) {
			counts.updated += 1;
			const words = isSure ? matchWords[reason] : 'Same email address; the file names nobody';
			updates.push({ person, line, words, isSure });
		} else counts[wasSeen ? 'repeated' : 'unchanged'] += 1;
	}

	return {
		get rows() {
			return counts.rows;
		},
		passOver() {
			counts.rows += 1;
			counts.unread += 1;
		},
		take(row: ClientRow, line: number) {
			counts.rows += 1;
			const found = find(row.client);
			if (found.kind === 'one') return takeOne(row, line, found);
			const listed = { line, name: fullName(row.client), address: row.client.emailAddress };
			if (found.kind === 'nobody') {
				counts.unknown += 1;
				unknown.add({ ...listed, words: '' });
				return;
			}
			counts.unclear += 1;
			const words =
				found.kind === 'several' ? `May be any of ${found.count} clients` : nameAloneWords;
			unclear.add({ ...listed, words });
		},
		end(): Reconciled & { clientIds: string[] } {
			const changes = new RowColumnsWriter();
			for (const { person, line, words } of updates) changes.add(listedClient(person, line, words));
			const withoutLogin = new RowColumnsWriter();
			for (const [person, client] of clients.entries())
				if (saidLogin[person] === no && client.hasJoinedPortal)
					withoutLogin.add(listedClient(person, firstLine[person] as number, ''));
			return {
				kind: 'reconciled',
				counts: { ...counts },
				changes: changes.columns(),
				marks: Uint8Array.from(updates, ({ person }) => newMarks[person] as number),
				isSure: Uint8Array.from(updates, ({ isSure }) => (isSure ? 1 : 0)),
				unclear: unclear.columns(),
				unknown: unknown.columns(),
				withoutLogin: withoutLogin.columns(),
				clientIds: updates.map(({ person }) => (clients[person] as Client).id),
			};
		},
	};

	function listedClient(person: number, line: number, words: string) {
		const client = clients[person] as Client;
		return { line, name: fullName(client), address: client.emailAddress, words };
	}
}
