import type { RowProblem } from '$lib/domain/import.ts';
import type { FileMapping } from './mapping.ts';
import { placeOf } from './problem-cells.ts';
import { makeProblemGroups, type FileProblem, type ProblemGroup } from './problem-groups.ts';

/** A row that was not taken in, as it was written, so that it can be corrected. */
export interface RejectedRow {
	line: number;
	cells: string[];
	reason: string;
}

export interface ProblemLog {
	/** The row that is being taken: its problems are tied to its cells. */
	begin(cells: readonly string[]): void;
	report: (problem: RowProblem) => void;
	reject(line: number, cells: readonly string[], problems: readonly RowProblem[]): void;
	/** The first thousand. */
	readonly problems: FileProblem[];
	readonly rejectedRows: RejectedRow[];
	groups(): ProblemGroup[];
	total(): number;
}

/** A file of a million bad rows must not be held in memory; the totals tell what is not listed. */
const mostListed = 1_000;
const mostRejected = 10_000;
const mostRejectedCharacters = 30_000_000;

export function makeProblemLog(mapping: Pick<FileMapping, 'header' | 'roles'>): ProblemLog {
	const problems: FileProblem[] = [];
	const rejectedRows: RejectedRow[] = [];
	const groups = makeProblemGroups();
	let cells: readonly string[] = [];
	let total = 0;
	let characters = 0;
	return {
		begin: (next) => (cells = next),
		report(problem) {
			total += 1;
			const isListed = problems.length < mostListed;
			const isWanted = isListed || groups.wants(problem);
			const place = isWanted ? placeOf(problem, mapping, cells) : nowhere;
			const found = { ...problem, ...place };
			if (isListed) problems.push(found);
			groups.add(found);
		},
		reject(line, row, found) {
			for (const cell of row) characters += cell.length;
			if (rejectedRows.length >= mostRejected || characters > mostRejectedCharacters) return;
			const errors = found.filter(({ severity }) => severity === 'error');
			const reason = errors.map((problem) => problem.reason).join(' ');
			rejectedRows.push({ line, cells: [...row], reason });
		},
		problems,
		rejectedRows,
		groups: groups.list,
		total: () => total,
	};
}

const nowhere = { at: -1, cell: '', who: '', cells: [] } as const;
