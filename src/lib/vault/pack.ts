import type { Column, StoredDigest } from '$lib/domain/table.ts';
import type { Contents } from './block.ts';
import { openColumn, packColumn, type ColumnNote } from './pack-column.ts';

/** What the head of a packed block says, as JSON: what follows it are the columns' bytes, one after the other. */
interface PackedHead {
	n: number;
	columns: ColumnNote[];
	/** What was worked out of the rows; its bytes come last. */
	digest?: { rules: number; bytes: number };
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** The head's length in bytes comes first. */
const lengthBytes = 4;

/**
 * Packs rows of one collection by column. Rows hold plain JSON; a field that a row lacks comes back
 * as it was, absent. A `digest` of the same rows is kept with them.
 */
export function pack(rows: readonly object[], digest?: StoredDigest): Uint8Array<ArrayBuffer> {
	const head: PackedHead = { n: rows.length, columns: [] };
	const parts: Uint8Array[] = [];
	const column = new Array<unknown>(rows.length);
	for (const name of namesOf(rows)) {
		for (let at = 0; at < rows.length; at++)
			column[at] = (rows[at] as Record<string, unknown>)[name];
		const [note, bytes] = packColumn(name, column);
		head.columns.push(note);
		parts.push(bytes);
	}
	if (digest) {
		head.digest = { rules: digest.rules, bytes: digest.bytes.length };
		parts.push(digest.bytes);
	}
	const headBytes = encoder.encode(JSON.stringify(head));
	const size = parts.reduce((sum, part) => sum + part.length, lengthBytes + headBytes.length);
	const packed = new Uint8Array(size);
	new DataView(packed.buffer).setUint32(0, headBytes.length);
	let at = lengthBytes;
	for (const part of [headBytes, ...parts]) {
		packed.set(part, at);
		at += part.length;
	}
	return packed;
}

/** The fields of all rows, in the order in which they first come. Most rows have those of the one before. */
function namesOf(rows: readonly object[]): readonly string[] {
	const names: string[] = [];
	const known = new Set<string>();
	for (const row of rows) {
		let at = 0;
		for (const name in row) {
			if (names[at++] === name || known.has(name)) continue;
			known.add(name);
			names.push(name);
		}
	}
	return names;
}

/** Packed rows, of which nothing is read before it is asked for. */
export class PackedRows<Row> implements Contents<Row> {
	readonly length: number;
	readonly digest: StoredDigest | undefined;
	readonly #packed: Uint8Array<ArrayBuffer>;
	readonly #places = new Map<string, { note: ColumnNote; start: number }>();
	readonly #columns = new Map<string, Column<unknown>>();
	readonly #rows: (Row | undefined)[];
	#hasAll = false;

	constructor(packed: Uint8Array<ArrayBuffer>) {
		const start = lengthBytes + new DataView(packed.buffer, packed.byteOffset).getUint32(0);
		const head = decoder.decode(packed.subarray(lengthBytes, start));
		const { n, columns, digest } = JSON.parse(head) as PackedHead;
		this.#packed = packed;
		this.length = n;
		this.#rows = new Array<Row | undefined>(n);
		let at = start;
		for (const note of columns) {
			this.#places.set(note.name, { note, start: at });
			at += note.bytes;
		}
		this.digest = digest && {
			rules: digest.rules,
			bytes: packed.subarray(at, at + digest.bytes),
		};
	}

	/** Holds undefined where a row lacks the field. */
	column<Field extends keyof Row>(field: Field): Column<Row[Field]> {
		return this.#column(field as string) as Column<Row[Field]>;
	}

	row(index: number): Row {
		return (this.#rows[index] ??= this.#makeRow(index));
	}

	passing(index: number): Row {
		return this.#rows[index] ?? this.#makeRow(index);
	}

	get rows(): readonly Row[] {
		if (!this.#hasAll) this.#makeRows();
		this.#hasAll = true;
		return this.#rows as Row[];
	}

	#column(name: string): Column<unknown> {
		let column = this.#columns.get(name);
		if (column) return column;
		const place = this.#places.get(name);
		if (!place) return { at: () => undefined };
		const { note, start } = place;
		column = openColumn(note, this.#packed.subarray(start, start + note.bytes), this.length);
		this.#columns.set(name, column);
		return column;
	}

	#makeRow(index: number): Row {
		const row: Record<string, unknown> = {};
		for (const name of this.#places.keys()) {
			const value = this.#column(name).at(index);
			if (value !== undefined) row[name] = value;
		}
		return row as Row;
	}

	#makeRows(): void {
		// A copy of a row that has its fields already is filled several times faster than one that grows.
		const blank: Record<string, unknown> = {};
		for (const [name, { note }] of this.#places) if (!note.hasGaps) blank[name] = null;
		const rows = Array.from({ length: this.length }, () => ({ ...blank }));
		for (const name of this.#places.keys()) {
			const column = this.#column(name);
			rows.forEach((row, index) => {
				const value = column.at(index);
				if (value !== undefined) row[name] = value;
			});
		}
		// Who has a row already goes on having the same one.
		rows.forEach((row, index) => (this.#rows[index] ??= row as Row));
	}
}
