import type { Decision, PlannedRows } from './decision.ts';
import { readText, WrongEncoding } from './decode.ts';
import type { FileMapping } from './mapping.ts';
import { personKey, type MatchPolicy, type RowPolicy } from './match-policy.ts';
import type { Marks } from './marks.ts';
import { makePlanner, type Existing, type Planner } from './plan.ts';
import { makeProblemLog, type ProblemLog } from './problem-log.ts';
import { makeFixedReader, type RowFix } from './row-fixes.ts';
import { tableFile } from './table-file.ts';

/** How far a reading is. */
export interface ImportProgress {
	bytes: number;
	totalBytes: number;
	rows: number;
	/** The file is read; its clients are being saved, and it is too late to cancel. */
	isSaving: boolean;
}

/** What a person decided about the rows of a file. */
export interface ImportChoices {
	/** For rows whose client is here already. */
	policy: MatchPolicy;
	/** For single rows, over `policy`. */
	rowPolicies: readonly RowPolicy[];
	fixes: readonly RowFix[];
}

export const noChoices: ImportChoices = { policy: 'update', rowPolicies: [], fixes: [] };

export interface PlanFileOptions {
	choices?: ImportChoices;
	signal?: AbortSignal;
	onProgress?: (progress: ImportProgress) => void;
	decided?: (decision: Decision) => void;
	/** Takes new rows as they come; without it they are forgotten. */
	write?: (rows: PlannedRows) => Promise<void>;
	/** What an earlier planning of the file found to be known too late. */
	lateMarks?: ReadonlyMap<number, Partial<Marks>>;
}

/** Of how many rows that are settled last the cells are kept. */
const mostPutOff = 1_000;
/** Only to make room in time: rows are from a hundred to five hundred bytes long. */
const bytesOfRow = 250;
const mostExpected = 1_000_000;

/** A file read to its end and compared with the clients there are; nothing is changed by that. */
export interface PlannedFile {
	planner: Planner;
	log: ProblemLog;
}

/** The text streams through and is never held. An import and its review run through here alike. */
export async function planFile(
	file: File,
	mapping: FileMapping,
	existing: Existing,
	context: { importId: string; newId: () => string; now: number; isMixed: boolean },
	{ choices = noChoices, signal, onProgress, decided, write, lateMarks }: PlanFileOptions,
): Promise<PlannedFile> {
	const table = mapping.source === 'text' ? file : (await tableFile(file, mapping.sheet)).file;
	signal?.throwIfAborted();
	const log = makeProblemLog(mapping);
	if (context.isMixed) log.report(mixedEncoding);
	const policies = new Map(choices.rowPolicies.map((chosen) => [personKey(chosen), chosen.policy]));
	/** Cells of rows that are settled last, for what is to be said of them then. */
	const putOff = { isEnded: false, cells: new Map<number, readonly string[]>() };
	const planner = makePlanner(existing, {
		importId: context.importId,
		newId: context.newId,
		expectedRows: Math.min(table.size / bytesOfRow, mostExpected),
		report(problem) {
			if (putOff.isEnded) log.begin(putOff.cells.get(problem.line) ?? []);
			log.report(problem);
		},
		policy: choices.policy,
		policyAt:
			policies.size === 0
				? undefined
				: (line, isPartner) => policies.get(personKey({ line, isPartner })),
		decided,
		lateMarks,
	});
	const reader = makeFixedReader(mapping, context, choices.fixes, (row, line, cells) => {
		log.begin(cells);
		const outcome = planner.take(row, line);
		if (!outcome && putOff.cells.size < mostPutOff) putOff.cells.set(line, cells);
		if (row.outcome === 'rejected') log.reject(line, cells, row.problems);
	});
	let bytes = 0;
	let told = 0;
	const tell = (isSaving: boolean) =>
		onProgress?.({ bytes, totalBytes: table.size, rows: planner.counts.rows, isSaving });
	const flush = async () => {
		const rows = planner.drain();
		await write?.(rows);
	};
	for await (const text of readText(table, mapping.encoding, (seen) => (bytes = seen))) {
		signal?.throwIfAborted();
		reader.push(text);
		await flush();
		if (bytes !== told) tell(false);
		told = bytes;
	}
	reader.end();
	signal?.throwIfAborted();
	putOff.isEnded = true;
	planner.finish();
	await flush();
	tell(true);
	signal?.throwIfAborted();
	return { planner, log };
}

/** Plans with the mapping's encoding, and once more with a single-byte one where that fails. */
export async function inSomeEncoding<T>(
	mapping: FileMapping,
	attempt: (mapping: FileMapping, isMixed: boolean) => Promise<T>,
): Promise<T> {
	try {
		return await attempt(mapping, false);
	} catch (error) {
		if (!(error instanceof WrongEncoding)) throw error;
		return attempt({ ...mapping, encoding: 'windows-1252' }, true);
	}
}

const mixedEncoding = {
	line: 1,
	column: '',
	value: '',
	reason:
		'This file is not UTF-8 throughout and was read as windows-1252: look at names with accents.',
	severity: 'warning',
} as const;
