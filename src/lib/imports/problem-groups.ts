import type { RowProblem } from '$lib/domain/import.ts';

/** A cell of a row, to be mended there. */
export interface ProblemCell {
	/** The column's index; beyond the header in a row that is too long. */
	at: number;
	column: string;
	cell: string;
}

/** A problem with the cell in which it is; `at` is -1 for the whole row. */
export interface FileProblem extends RowProblem {
	at: number;
	/** The whole cell as written, where `value` may be a part of it. */
	cell: string;
	/** Whose row it is, by its cells; '' where it names nobody. */
	who: string;
	/** What can be mended: the cell itself, or those by which the whole row is known. */
	cells: readonly ProblemCell[];
}

/** Equal problems: one reason in one column. */
export interface ProblemGroup {
	/** The same for as long as the file is looked at, whatever is mended meanwhile. */
	key: string;
	column: string;
	reason: string;
	severity: RowProblem['severity'];
	count: number;
	/** The first of them. */
	examples: FileProblem[];
}

const mostExamples = 100;
const mostGroups = 500;
const numbers = /\d[\d.,]*(?<![.,])/gu;

/** Counts equal problems, numbers in their reasons aside, and keeps the first of each. */
export function makeProblemGroups() {
	const groups = new Map<string, ProblemGroup>();
	/** Making the key of a reason costs more than finding it again. */
	const keys = new Map<string, string>();

	function groupOf({ column, reason, severity }: RowProblem): ProblemGroup {
		const exact = `${severity}\n${column}\n${reason}`;
		let key = keys.get(exact);
		if (key === undefined) {
			key = exact.replace(numbers, '…');
			if (keys.size < mostGroups) keys.set(exact, key);
		}
		const known = groups.get(key);
		if (known) return known;
		const group = { key, column, reason, severity, count: 0, examples: [] };
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
			const last = group.examples.at(-1);
			// A row of two people may say it twice.
			const isSame = last?.line === problem.line && last.at === problem.at;
			if (!isSame && group.examples.length < mostExamples) group.examples.push(problem);
			if (group.reason !== problem.reason) group.reason = group.reason.replace(numbers, '…');
		},
		/** Errors first, then the most frequent. */
		list: (): ProblemGroup[] =>
			[...groups.values()].sort(
				(a, b) =>
					Number(b.severity === 'error') - Number(a.severity === 'error') || b.count - a.count,
			),
	};
}
