/** One value a row. */
export interface Column<Value> {
	/** The value at an index from 0 to the number of rows, exclusive. */
	at(index: number): Value;
}

/** Rows that are read field by field: most work needs a few fields of very many rows. */
export interface Columns<Row> {
	readonly length: number;
	column<Field extends keyof Row>(field: Field): Column<Row[Field]>;
	/** What was worked out of these very rows when they were stored; absent where nothing was. */
	readonly digest?: StoredDigest | undefined;
}

/** Only who knows the rules by which it was made may read it. */
export interface StoredDigest {
	rules: number;
	bytes: Uint8Array<ArrayBuffer>;
}

export interface Table<Row> extends Columns<Row> {
	/** The rows in pieces, in order: whoever reads along all of them is several times faster by the piece. */
	readonly parts: readonly Columns<Row>[];
	/** One row whole; the same object each time. */
	row(index: number): Row;
}

export function asTable<Row>(rows: readonly Row[] | Table<Row>): Table<Row> {
	if ('column' in rows) return rows;
	const row = (index: number): Row => {
		const found = rows[index];
		if (found === undefined) throw new RangeError(`There is no row ${index}`);
		return found;
	};
	const columns: Columns<Row> = {
		length: rows.length,
		column: (field) => ({ at: (index) => row(index)[field] }),
	};
	return { ...columns, parts: [columns], row };
}
