import { ColumnRows, type RowField } from '$lib/domain/column-rows.ts';
import { Sheet, type SheetColumn } from '$lib/domain/sheet.ts';
import type { Column, StoredDigest } from '$lib/domain/table.ts';
import type { Contents } from './block.ts';
import { joinBytes } from './join-bytes.ts';
import { openColumn, type ColumnNote } from './open-column.ts';
import { packAlike, packColumn, packSheetColumn, type Packed } from './pack-column.ts';

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
export function pack(
	rows: readonly object[] | Sheet<object>,
	digest?: StoredDigest,
): Uint8Array<ArrayBuffer> {
	const head: PackedHead = { n: rows.length, columns: [] };
	const parts: Uint8Array[] = [];
	for (const [note, bytes] of rows instanceof Sheet ? packSheet(rows) : packRows(rows)) {
		head.columns.push(note);
		parts.push(bytes);
	}
	if (digest) {
		head.digest = { rules: digest.rules, bytes: digest.bytes.length };
		parts.push(digest.bytes);
	}
	const headBytes = encoder.encode(JSON.stringify(head));
	const packed = joinBytes([new Uint8Array(lengthBytes), headBytes, ...parts]);
	new DataView(packed.buffer).setUint32(0, headBytes.length);
	return packed;
}

function packRows(rows: readonly object[]): Packed[] {
	const column = new Array<unknown>(rows.length);
	return namesOf(rows).map((name) => {
		for (let at = 0; at < rows.length; at++)
			column[at] = (rows[at] as Record<string, unknown>)[name];
		return packColumn(name, column);
	});
}

function packSheet({ alike, each }: Sheet<object>): Packed[] {
	const packed: Packed[] = [];
	for (const [name, column] of Object.entries(each as Record<string, SheetColumn<unknown>>)) {
		const one = packSheetColumn(name, column);
		if (one) packed.push(one);
	}
	for (const [name, value] of Object.entries(alike)) packed.push(packAlike(name, value));
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
export class PackedRows<Row extends object> extends ColumnRows<Row> implements Contents<Row> {
	readonly length: number;
	readonly digest: StoredDigest | undefined;
	readonly #packed: Uint8Array<ArrayBuffer>;
	readonly #places = new Map<string, { note: ColumnNote; start: number }>();
	readonly #columns = new Map<string, Column<unknown>>();

	constructor(packed: Uint8Array<ArrayBuffer>) {
		super();
		const start = lengthBytes + new DataView(packed.buffer, packed.byteOffset).getUint32(0);
		const head = decoder.decode(packed.subarray(lengthBytes, start));
		const { n, columns, digest } = JSON.parse(head) as PackedHead;
		this.#packed = packed;
		this.length = n;
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

	column<Field extends keyof Row>(field: Field): Column<Row[Field]> {
		return this.#column(field as string) as Column<Row[Field]>;
	}

	protected listFields(): RowField[] {
		return Array.from(this.#places, ([name, { note }]) => ({
			name,
			hasGaps: note.hasGaps ?? false,
		}));
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
}
