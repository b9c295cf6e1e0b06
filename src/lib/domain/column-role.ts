import { looksAgainst, shareLike } from './column-look.ts';
import { roleByName, speaksOfOthers } from './column-names.ts';

/** What a file's column can be to a client. Each is given to one column at most, but for `ignore` and `manyRoles`. */
export const columnRoles = [
	'ignore',
	'externalId',
	'fullName',
	'firstName',
	'middleName',
	'lastName',
	'preferredName',
	'emailAddress',
	'otherEmailAddress',
	'phone',
	'otherPhone',
	'dateOfBirth',
	'kind',
	'status',
	'isActive',
	'professional',
	'language',
	'tags',
	'doNotEmail',
	'mayEmail',
	'emailStatus',
	'deceasedAt',
	'dischargedAt',
	'portalLogin',
	'addedAt',
	'guardianName',
	'contactName',
	'contactEmailAddress',
	'contactPhone',
	'emergencyName',
	'emergencyEmailAddress',
	'emergencyPhone',
] as const;

export type ColumnRole = (typeof columnRoles)[number];

/** Roles that several columns may have. */
export const manyRoles: ReadonlySet<ColumnRole> = new Set([
	'otherEmailAddress',
	'otherPhone',
	'tags',
	'doNotEmail',
	'mayEmail',
]);

/** What a column is when another is the first of its role; others are left out. */
export const furtherRoles: Partial<Record<ColumnRole, ColumnRole>> = {
	emailAddress: 'otherEmailAddress',
	phone: 'otherPhone',
};

/** No more rows are looked at: what a column is shows early. */
const rowsLookedAt = 200;

/**
 * What each column is, by its name and the look of its values together. Names speak first; values
 * speak against a name ("Email" over yes and no), choose between columns of one role where one is
 * empty, and find the client's addresses whatever their column is called, unless its name says that
 * they are somebody else's. Each role is given once, of equals to the first column.
 */
export function recogniseColumns(
	header: readonly string[],
	rows: readonly (readonly string[])[] = [],
): ColumnRole[] {
	const looked = rows.slice(0, rowsLookedAt);
	const columns = header.map((name, at) => ({ name, at, values: valuesAt(looked, at) }));
	const roles: ColumnRole[] = header.map(() => 'ignore');
	const best = new Map<ColumnRole, { rank: number; at: number }>();
	for (const { name, at, values } of columns) {
		const candidate = roleByName(name);
		if (!candidate) continue;
		const role = looksAgainst(candidate.role, values)
			? roleInstead(candidate.role)
			: candidate.role;
		if (role === 'ignore') continue;
		const isEmpty = looked.length > 0 && values.length === 0;
		const rank = candidate.rank + (isEmpty ? emptyRank : 0);
		if (manyRoles.has(role)) {
			roles[at] = role;
			continue;
		}
		const held = best.get(role);
		const further = furtherRoles[role] ?? 'ignore';
		if (held && held.rank <= rank) {
			roles[at] = further;
			continue;
		}
		if (held) roles[held.at] = further;
		roles[at] = role;
		best.set(role, { rank, at });
	}
	const mayGive = (at: number) => roles[at] === 'ignore' && !speaksOfOthers(header[at] ?? '');
	const give = (role: ColumnRole, share: number) => {
		if (best.has(role)) return;
		const found = columns
			.filter(({ at }) => mayGive(at))
			.map(({ at, values }) => ({ at, share: shareLike(role, values) ?? 0 }))
			.filter((column) => column.share >= share)
			.sort((a, b) => b.share - a.share || a.at - b.at)[0];
		if (found) roles[found.at] = role;
	};
	give('emailAddress', 0.6);
	if (!roles.some((role) => role === 'fullName' || role === 'firstName' || role === 'lastName'))
		give('fullName', 0.9);
	return roles;
}

/** An empty column is taken for what its name says only when no filled one is. */
const emptyRank = 1_000_000;

/** Some programs call the client's number "Client". */
function roleInstead(role: ColumnRole): ColumnRole {
	return role === 'fullName' ? 'externalId' : 'ignore';
}

function valuesAt(rows: readonly (readonly string[])[], at: number): string[] {
	const values: string[] = [];
	for (const row of rows) {
		const value = (row[at] ?? '').trim();
		if (value !== '') values.push(value);
	}
	return values;
}
