import { columnRoles, type ColumnRole } from '$lib/domain/column-role.ts';

/** Where the column of each role is in a row; -1 where the file has none. */
export type RoleColumns = Record<ColumnRole, number> & { hasContacts: boolean };

export function columnOf(roles: readonly ColumnRole[]): RoleColumns {
	const columns = { hasContacts: false } as RoleColumns;
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
