/** Rows by column: a column whose rows all hold the same is written once. */
interface Packed {
	n: number;
	same: Record<string, unknown>;
	columns: Record<string, unknown[]>;
}

/**
 * Packs rows of one collection as JSON by column. Rows hold plain JSON; a field that a row lacks
 * comes back as it was, absent.
 */
export function pack(rows: readonly object[]): string {
	const names = new Set<string>();
	for (const row of rows) for (const name in row) names.add(name);
	const packed: Packed = { n: rows.length, same: {}, columns: {} };
	for (const name of names) {
		const first = (rows[0] as Record<string, unknown>)[name];
		// One object that all rows share, such as the history of a whole batch, counts as the same too.
		let isSame = first !== undefined;
		const column: unknown[] = new Array(rows.length);
		for (let i = 0; i < rows.length; i++) {
			const value = (rows[i] as Record<string, unknown>)[name];
			column[i] = value === undefined ? absent : value;
			if (isSame && value !== first) isSame = false;
		}
		if (isSame) packed.same[name] = first;
		else packed.columns[name] = column;
	}
	return JSON.stringify(packed);
}

/** JSON knows no `undefined`; rows never hold this array. */
const absent = ['\u0000absent'];
const isAbsent = (value: unknown) =>
	Array.isArray(value) && value.length === 1 && value[0] === absent[0];

export function unpack<Row>(text: string): Row[] {
	const { n, same, columns } = JSON.parse(text) as Packed;
	const names = Object.keys(columns);
	// A copy of a row that has its fields already is filled several times faster than one that grows.
	const blank = { ...same };
	for (const name of names) if (!columns[name]?.some(isAbsent)) blank[name] = null;
	const rows = Array.from({ length: n }, () => ({ ...blank }));
	for (const name of names) {
		const column = columns[name] ?? [];
		rows.forEach((row, i) => {
			const value = column[i];
			if (typeof value !== 'object' || !isAbsent(value)) row[name] = value;
		});
	}
	return rows as Row[];
}
