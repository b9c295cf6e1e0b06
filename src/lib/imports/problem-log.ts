import type { RowProblem } from '$lib/domain/import.ts';

/** A row that was not taken in, as it was written, so that it can be corrected. */
export interface RejectedRow {
	line: number;
	cells: string[];
	reason: string;
}

export interface ProblemLog {
	report: (problem: RowProblem) => void;
	reject(line: number, cells: readonly string[], problems: readonly RowProblem[]): void;
	readonly problems: RowProblem[];
	readonly rejectedRows: RejectedRow[];
	total(): number;
}

/** A file of a million bad rows must not be held in memory; the total tells what is not listed. */
const mostListed = 1_000;
const longestKept = 10_000;

export function makeProblemLog(): ProblemLog {
	const problems: RowProblem[] = [];
	const rejectedRows: RejectedRow[] = [];
	let total = 0;
	return {
		report(problem) {
			total += 1;
			if (problems.length < mostListed) problems.push(problem);
		},
		reject(line, cells, found) {
			if (rejectedRows.length >= mostListed) return;
			const reason = found.find((problem) => problem.severity === 'error')?.reason ?? '';
			rejectedRows.push({ line, cells: cells.map((cell) => cell.slice(0, longestKept)), reason });
		},
		problems,
		rejectedRows,
		total: () => total,
	};
}
