import type { ImportProblem } from './import-problem.ts';
import type { FileMapping } from './mapping.ts';

/** What is to be decided or known before a file is taken in. `needsAnswer`: 'Import' waits for the person. */
export interface Finding extends ImportProblem {
	needsAnswer: boolean;
}

/** Whether a person can answer it where it is said; others are mended in the columns or with another file. */
export const canBeAnswered = ({ kind }: Finding) => kind === 'no-address-column';

/** What there is to say of a file whose start is `text` and whose first rows below the header are `data`. */
export function findingsOf(
	{ roles }: FileMapping,
	isOrderOpen: boolean,
	data: readonly string[][],
	text: string,
): Finding[] {
	const findings: Finding[] = [];
	const add = (kind: Finding['kind'], needsAnswer: boolean, message: string) =>
		findings.push({ kind, needsAnswer, message });
	if (!data.some((row) => row.some((cell) => cell.trim() !== '')))
		add('no-rows', true, 'This file has a header but no clients.');
	const has = (...wanted: FileMapping['roles']) => wanted.some((role) => roles.includes(role));
	if (!has('emailAddress', 'fullName', 'firstName', 'lastName'))
		add(
			'no-name-or-address',
			true,
			'No column holds names or email addresses. Choose what the columns are.',
		);
	else if (!has('emailAddress'))
		add(
			'no-address-column',
			true,
			'No column holds email addresses: these clients could not be invited. Choose the column, or import them without.',
		);
	if (isOrderOpen)
		add(
			'date-order',
			false,
			'It is not clear which number of a date is the month. Choose the order; until then such dates are left out.',
		);
	if (text.includes('\ufffd'))
		add(
			'damaged-text',
			false,
			'Some characters were lost when this file was saved; they show as �. Look at the names, or export the file again.',
		);
	return findings;
}
