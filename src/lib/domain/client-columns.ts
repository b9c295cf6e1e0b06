/** What a list of clients can show of each, in its order; it can be sorted by each as well. */
export const clientColumns = [
	'name',
	'address',
	'phone',
	'status',
	'professional',
	'portal',
	'tags',
	'born',
	'added',
] as const;

export type ClientColumn = (typeof clientColumns)[number];

/** A list without names would be of no use. */
export const fixedColumn: ClientColumn = 'name';

/** The columns in the list's own order, the fixed one among them; what nobody knows is left out. */
export function orderedColumns(columns: readonly string[]): ClientColumn[] {
	return clientColumns.filter((column) => column === fixedColumn || columns.includes(column));
}
