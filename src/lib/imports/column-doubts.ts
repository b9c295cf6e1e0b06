import { confidenceOf, type Confidence } from '$lib/domain/column-confidence.ts';
import { speaksOfOthers } from '$lib/domain/column-names.ts';
import { manyRoles, type ColumnRole } from '$lib/domain/column-role.ts';
import { isEmailAddress } from '$lib/domain/email-address.ts';
import type { Inspection } from './inspect-file.ts';

/** One of the file's columns as it was recognised. */
export interface FileColumn {
	at: number;
	name: string;
	role: ColumnRole;
	samples: readonly string[];
	/** How sure it is; a role that a person chose is sure. */
	confidence: Confidence;
	/** Why a person should look at it; '' when nothing speaks against what it was taken for. */
	doubt: string;
}

interface Recognised {
	mapping: { header: readonly string[]; roles: readonly ColumnRole[]; hasHeader: boolean };
	samples: readonly (readonly string[])[];
}

/**
 * The file's columns: doubtful ones first, then the likely, then the sure, then those that are left out.
 * `chosen`: the columns whose role a person chose.
 */
export function columnsOf(
	{ mapping, samples }: Recognised,
	chosen: readonly number[] = [],
): FileColumn[] {
	const { header, roles, hasHeader } = mapping;
	const hasAddresses = roles.includes('emailAddress');
	const columns = header.map((name, at): FileColumn => {
		const role = roles[at] ?? 'ignore';
		const values = samples[at] ?? [];
		const column = { at, name, role, samples: values };
		if (chosen.includes(at)) return { ...column, confidence: 'sure', doubt: '' };
		if (role === 'ignore' && !hasAddresses && holdsAddresses(values))
			return {
				...column,
				confidence: 'doubtful',
				doubt: "Email addresses: are they your clients' own?",
			};
		const confidence = confidenceOf({ name, role, values, hasHeader });
		const doubt = confidence === 'doubtful' ? doubtOf(column, hasHeader) : '';
		return { ...column, confidence, doubt };
	});
	return columns.sort((a, b) => rank(a) - rank(b) || a.at - b.at);
}

/** Whether a person should look at the columns before she reviews the rows. */
export function columnsNeedLook(
	{ mapping, findings }: Pick<Inspection, 'mapping' | 'findings'>,
	columns: readonly FileColumn[],
): boolean {
	return (
		!mapping.hasHeader ||
		columns.some(({ doubt }) => doubt !== '') ||
		findings.some(({ kind, needsAnswer }) => needsAnswer || kind === 'date-order')
	);
}

const holdsAddresses = (values: readonly string[]) =>
	values.length > 0 && values.every((value) => isEmailAddress(value));

function rank({ confidence, role }: FileColumn): number {
	if (confidence === 'doubtful') return 0;
	if (role === 'ignore') return 3;
	return confidence === 'likely' ? 1 : 2;
}

function doubtOf(
	{ name, role, samples }: Pick<FileColumn, 'name' | 'role' | 'samples'>,
	hasHeader: boolean,
): string {
	if (hasHeader && speaksOfOthers(name) && role === 'emailAddress')
		return "By its name these are not your clients' own addresses.";
	const isNone = (test: RegExp) => samples.length > 0 && !samples.some((value) => test.test(value));
	switch (role) {
		case 'emailAddress':
		case 'otherEmailAddress':
		case 'contactEmailAddress':
		case 'emergencyEmailAddress':
			if (isNone(/@/)) return 'These are no email addresses.';
			break;
		case 'dateOfBirth':
		case 'addedAt':
			if (isNone(/\d/)) return 'These are no dates.';
			break;
		case 'phone':
		case 'otherPhone':
		case 'contactPhone':
		case 'emergencyPhone':
			if (isNone(/\d/)) return 'These are no telephone numbers.';
			break;
	}
	return hasHeader ? 'What is in it does not look like that.' : 'Recognised by its values only.';
}

/** Gives a column a role; whichever column had it before is left out. */
export function withRole(
	roles: readonly ColumnRole[],
	columns: number,
	at: number,
	role: ColumnRole,
): ColumnRole[] {
	return Array.from({ length: columns }, (_, index) => {
		if (index === at) return role;
		const other = roles[index] ?? 'ignore';
		return other === role && !manyRoles.has(role) ? 'ignore' : other;
	});
}
