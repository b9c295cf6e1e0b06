import type { RowProblem } from '$lib/domain/import.ts';

/** A problem with the cell in which it is, to be mended there; `at` is -1 for the whole row. */
export interface FileProblem extends RowProblem {
	at: number;
	/** The whole cell as written, where `value` may be a part of it. */
	cell: string;
}

/** Equal problems: one reason in one column. */
export interface ProblemGroup {
	column: string;
	reason: string;
	severity: RowProblem['severity'];
	count: number;
	/** The first of them. */
	examples: FileProblem[];
}

const mostExamples = 100;
const mostGroups = 500;

/** Counts equal problems, numbers in their reasons aside, and keeps the first of each. */
export function makeProblemGroups() {
	const groups = new Map<string, ProblemGroup>();
	/** Making the key of a reason costs more than finding it again. */
	const keys = new Map<string, string>();

	function groupOf(problem: RowProblem): ProblemGroup {
		const exact = `${problem.severity}\n${problem.column}\n${problem.reason}`;
		let key = keys.get(exact);
		if (key === undefined) {
			key = exact.replace(/\d[\d.,]*/gu, '…');
			if (keys.size < mostGroups) keys.set(exact, key);
		}
		const known = groups.get(key);
		if (known) return known;
		const { column, reason, severity } = problem;
		const group = { column, reason, severity, count: 0, examples: [] };
		groups.set(key, group);
		return group;
	}

	return {
		/** Whether a problem would be kept as an example. */
		wants(problem: RowProblem): boolean {
			return groupOf(problem).examples.length < mostExamples;
		},
		add(problem: FileProblem): void {
			const group = groupOf(problem);
			group.count += 1;
			if (group.examples.length < mostExamples) group.examples.push(problem);
			if (group.reason !== problem.reason) group.reason = group.reason.replace(/\d[\d.,]*/gu, '…');
		},
		/** Errors first, then the most frequent. */
		list: (): ProblemGroup[] =>
			[...groups.values()].sort(
				(a, b) =>
					Number(b.severity === 'error') - Number(a.severity === 'error') || b.count - a.count,
			),
	};
}
