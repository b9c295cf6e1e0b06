import { Sheet } from '$lib/domain/sheet.ts';
import { asTable, type Column, type Columns, type StoredDigest } from '$lib/domain/table.ts';

export interface HasId {
	id: string;
}

/** The rows of a block, which may be packed until somebody asks for them. */
export interface Contents<Row> extends Columns<Row> {
	readonly rows: readonly Row[];
	row(index: number): Row;
	/** The same, but not kept: for whoever looks once at very many. */
	passing?(index: number): Row;
}

/** One block in memory: up to about a thousand rows, never mutated. */
export class Block<Row extends HasId> implements Contents<Row> {
	readonly #contents: Contents<Row>;
	#ids: readonly string[] | undefined;

	constructor(
		readonly id: string,
		readonly version: string,
		/** A version kept on disk for an undo, '' when none. */
		readonly pin: string,
		rows: readonly Row[] | Contents<Row>,
	) {
		this.#contents = 'rows' in rows ? rows : { ...asTable(rows), rows };
	}

	get length(): number {
		return this.#contents.length;
	}

	get digest(): StoredDigest | undefined {
		return this.#contents.digest;
	}

	get rows(): readonly Row[] {
		return this.#contents.rows;
	}

	column<Field extends keyof Row>(field: Field): Column<Row[Field]> {
		return this.#contents.column(field);
	}

	/** In the rows' order; the same array each time. */
	get ids(): readonly string[] {
		if (!this.#ids) {
			const column = this.column('id');
			this.#ids = Array.from({ length: this.length }, (_, index) => column.at(index));
		}
		return this.#ids;
	}

	/** What it is packed from. */
	get unpacked(): readonly Row[] | Sheet<Row> {
		return this.#contents instanceof Sheet ? this.#contents : this.#contents.rows;
	}

	row(index: number): Row {
		return this.#contents.row(index);
	}

	passing(index: number): Row {
		return this.#contents.passing?.(index) ?? this.#contents.row(index);
	}

	withPin(pin: string): Block<Row> {
		return new Block(this.id, this.version, pin, this.#contents);
	}
}
