import type { ColumnRole } from '$lib/domain/column-role.ts';
import { isEmailAddress } from '$lib/domain/email-address.ts';

/** One of the file's columns as it was recognised. */
export interface FileColumn {
	at: number;
	name: string;
	role: ColumnRole;
	samples: readonly string[];
	/** Why a person should look at it; '' when nothing speaks against what it was taken for. */
	doubt: string;
}

interface Recognised {
	mapping: { header: readonly string[]; roles: readonly ColumnRole[]; hasHeader: boolean };
	samples: readonly (readonly string[])[];
}

/** The file's columns, doubtful ones first, then those that are taken, then those that are left out. */
export function columnsOf({ mapping, samples }: Recognised): FileColumn[] {
	const hasAddresses = mapping.roles.includes('emailAddress');
	const columns = mapping.header.map((name, at): FileColumn => {
		const role = mapping.roles[at] ?? 'ignore';
		const column = { at, name, role, samples: samples[at] ?? [], doubt: '' };
		return { ...column, doubt: doubtOf(column, mapping.hasHeader, hasAddresses) };
	});
	return columns.sort((a, b) => rank(a) - rank(b) || a.at - b.at);
}

function rank({ doubt, role }: FileColumn): number {
	if (doubt !== '') return 0;
	return role === 'ignore' ? 2 : 1;
}

function doubtOf({ role, samples }: FileColumn, hasHeader: boolean, hasAddresses: boolean): string {
	if (samples.length === 0) return '';
	const isNone = (test: (sample: string) => boolean) => !samples.some(test);
	switch (role) {
		case 'ignore': {
			const holdsAddresses = samples.every((sample) => isEmailAddress(sample));
			return holdsAddresses && !hasAddresses ? "Email addresses: are they your clients' own?" : '';
		}
		case 'emailAddress':
			if (isNone((sample) => sample.includes('@'))) return 'These are no email addresses.';
			break;
		case 'dateOfBirth':
			if (isNone((sample) => /\d/.test(sample))) return 'These are no dates.';
			break;
		case 'phone':
			if (isNone((sample) => /\d/.test(sample))) return 'These are no telephone numbers.';
			break;
	}
	return hasHeader ? '' : 'Recognised by its values only.';
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
		return other === role ? 'ignore' : other;
	});
}
