import type { Column, Columns } from './table.ts';

export interface RowField {
	name: string;
	/** Some rows lack it. */
	hasGaps: boolean;
}

/** Rows that lie by column: one is made as somebody asks for it. */
export abstract class ColumnRows<Row extends object> implements Columns<Row> {
	abstract readonly length: number;
	#fields: readonly RowField[] | undefined;
	#rows: (Row | undefined)[] | undefined;
	#hasAll = false;

	/** Holds undefined where a row lacks the field. */
	abstract column<Field extends keyof Row>(field: Field): Column<Row[Field]>;

	/** In the order in which a row lists them. */
	protected abstract listFields(): RowField[];

	/** The same object each time. */
	row(index: number): Row {
		this.#rows ??= new Array<Row | undefined>(this.length);
		return (this.#rows[index] ??= this.#makeRow(index));
	}

	/** The same, but not kept: for whoever looks once at very many. */
	passing(index: number): Row {
		return this.#rows?.[index] ?? this.#makeRow(index);
	}

	get rows(): readonly Row[] {
		this.#rows ??= new Array<Row | undefined>(this.length);
		if (!this.#hasAll) this.#makeRows(this.#rows);
		this.#hasAll = true;
		return this.#rows as Row[];
	}

	#makeRow(index: number): Row {
		const row: Record<string, unknown> = {};
		for (const { name } of (this.#fields ??= this.listFields())) {
			const value: unknown = this.column(name as keyof Row).at(index);
			if (value !== undefined) row[name] = value;
		}
		return row as Row;
	}

	/** Who has a row already goes on having the same one. */
	#makeRows(rows: (Row | undefined)[]): void {
		// A copy of a row that has its fields already is filled several times faster than one that grows.
		const blank: Record<string, unknown> = {};
		const fields = (this.#fields ??= this.listFields());
		for (const { name, hasGaps } of fields) if (!hasGaps) blank[name] = null;
		const made = Array.from({ length: this.length }, () => ({ ...blank }));
		for (const { name } of fields) {
			const column = this.column(name as keyof Row);
			made.forEach((row, index) => {
				const value: unknown = column.at(index);
				if (value !== undefined) row[name] = value;
			});
		}
		made.forEach((row, index) => (rows[index] ??= row as Row));
	}
}
