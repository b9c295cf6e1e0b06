import { columnRoles, type ColumnRole } from '$lib/domain/column-role.ts';

/** Where the column of each role is in a row; -1 where the file has none. */
export type RoleColumns = Record<ColumnRole, number> & {
	hasContacts: boolean;
	/** All columns of further addresses and telephone numbers. */
	otherEmailAddresses: readonly number[];
	otherPhones: readonly number[];
	tagColumns: readonly number[];
	/** All columns of wishes: any of them is enough. */
	wishes: readonly number[];
	consents: readonly number[];
};

export function columnOf(roles: readonly ColumnRole[]): RoleColumns {
	const allOf = (wanted: ColumnRole) => roles.flatMap((role, at) => (role === wanted ? [at] : []));
	const columns = {
		hasContacts: false,
		otherEmailAddresses: allOf('otherEmailAddress'),
		otherPhones: allOf('otherPhone'),
		tagColumns: allOf('tags'),
		wishes: allOf('doNotEmail'),
		consents: allOf('mayEmail'),
	} as Partial<RoleColumns> as RoleColumns;
	for (const role of columnRoles) columns[role] = role === 'ignore' ? -1 : roles.indexOf(role);
	columns.hasContacts =
		Math.max(
			columns.contactName,
			columns.contactEmailAddress,
			columns.contactPhone,
			columns.guardianName,
			columns.emergencyName,
			columns.emergencyEmailAddress,
			columns.emergencyPhone,
		) >= 0;
	return columns;
}
