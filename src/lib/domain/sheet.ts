import { ColumnRows, type RowField } from './column-rows.ts';
import type { Column, Table } from './table.ts';

/** Of a field one value a row; undefined where a row lacks it. */
type Each<Row> = { readonly [Field in keyof Row]?: readonly Row[Field][] };

/** Thousands of rows made at once, by column: what all of them hold alike is there once. Never changed. */
export class Sheet<Row extends object> extends ColumnRows<Row> implements Table<Row> {
	constructor(
		readonly length: number,
		readonly alike: Partial<Row>,
		readonly each: Each<Row>,
	) {
		super();
	}

	get parts(): readonly [this] {
		return [this];
	}

	column<Field extends keyof Row>(field: Field): Column<Row[Field]> {
		const values = this.each[field];
		const alike = this.alike[field] as Row[Field];
		return { at: values ? (index) => values[index] as Row[Field] : () => alike };
	}

	/** The values of a field, in the rows' order. */
	values<Field extends keyof Row>(field: Field): readonly Row[Field][] {
		const alike = this.alike[field] as Row[Field];
		return this.each[field] ?? new Array<Row[Field]>(this.length).fill(alike);
	}

	slice(from: number, to: number): Sheet<Row> {
		const each: { -readonly [Field in keyof Row]?: readonly Row[Field][] } = {};
		for (const field in this.each) each[field] = this.each[field]?.slice(from, to);
		return new Sheet(Math.min(to, this.length) - from, this.alike, each);
	}

	protected listFields(): RowField[] {
		const fields: RowField[] = [];
		for (const name in this.each)
			fields.push({ name, hasGaps: this.each[name]?.includes(undefined as never) ?? false });
		for (const name in this.alike) fields.push({ name, hasGaps: false });
		return fields;
	}
}
