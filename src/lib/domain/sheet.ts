import { ColumnRows, type RowField } from './column-rows.ts';
import type { Column } from './table.ts';

/** One value a row, undefined where a row lacks the field: a list, or what makes them as they are asked for. */
export interface SheetColumn<Value> {
	readonly length: number;
	at(index: number): Value | undefined;
	slice(from: number, to: number): SheetColumn<Value>;
}

type Each<Row> = { readonly [Field in keyof Row]: SheetColumn<Row[Field]> };

/** Thousands of rows made at once, by column: what all of them hold `Alike` is there once. Never changed. */
export class Sheet<Row extends object, Alike extends keyof Row = never> extends ColumnRows<Row> {
	readonly alike: Partial<Row>;
	readonly each: Partial<Each<Row>>;

	/** Throws where a column is not as long as the sheet, or where a field has no value or two. */
	constructor(
		readonly length: number,
		alike: Pick<Row, Alike>,
		each: Each<Omit<Row, Alike>>,
	) {
		super();
		for (const [name, column] of Object.entries<SheetColumn<unknown>>(each))
			if (column.length !== length || name in alike) throw new Error(`A column misfits: ${name}`);
		for (const [name, value] of Object.entries(alike))
			if (value === undefined) throw new Error(`All rows lack ${name}`);
		this.alike = alike as Partial<Row>;
		this.each = each as Partial<Each<Row>>;
	}

	static empty<Row extends object>(): Sheet<Row> {
		return new Sheet<Row, keyof Row>(0, {} as Row, {} as Each<Omit<Row, keyof Row>>);
	}

	column<Field extends keyof Row>(field: Field): Column<Row[Field]> {
		const values = this.each[field];
		const alike = this.alike[field] as Row[Field];
		return { at: values ? (index) => values.at(index) as Row[Field] : () => alike };
	}

	/** The values of a field, in the rows' order. */
	values<Field extends keyof Row>(field: Field): readonly Row[Field][] {
		const values: unknown = this.each[field];
		if (Array.isArray(values)) return values as readonly Row[Field][];
		const column = this.column(field);
		return Array.from({ length: this.length }, (_, index) => column.at(index));
	}

	slice(from: number, to: number): Sheet<Row> {
		const length = Math.max(0, Math.min(to, this.length) - from);
		const each: Partial<Record<keyof Row, SheetColumn<unknown>>> = {};
		for (const field in this.each) each[field] = this.each[field]?.slice(from, to);
		return new Sheet(length, this.alike as Row, each as Each<Omit<Row, keyof Row>>);
	}

	protected listFields(): RowField[] {
		const fields: RowField[] = [];
		for (const name in this.each) {
			const values: unknown = this.each[name];
			fields.push({ name, hasGaps: Array.isArray(values) && values.includes(undefined) });
		}
		for (const name in this.alike) fields.push({ name, hasGaps: false });
		return fields;
	}
}
