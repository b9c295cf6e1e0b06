import { countOf } from './counts-in-words.ts';
import type { ProblemGroup } from './problem-groups.ts';

/** Errors and warnings are shown apart. */
export const severityWords = [
	{
		severity: 'error',
		label: 'Errors',
		means: 'A row with an error is not taken in until it is mended.',
	},
	{
		severity: 'warning',
		label: 'Warnings',
		means: 'Look at these. A warning alone keeps no row out.',
	},
] as const;

/** "13 problems", "1 problem left", "No problem left". */
export function problemsInWords(count: number, rest = ''): string {
	const words = count === 0 ? 'No problem' : countOf(count, 'problem');
	return rest === '' ? words : `${words} ${rest}`;
}

/** Groups of one kind: 'all', a severity, or a group's own key; all where the kind is no more. */
export function ofKind(groups: readonly ProblemGroup[], kind: string): readonly ProblemGroup[] {
	const chosen = groups.filter(({ severity, key }) => severity === kind || key === kind);
	return chosen.length > 0 ? chosen : groups;
}
