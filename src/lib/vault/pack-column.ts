import { CountedIds } from '$lib/domain/row-ids.ts';
import type { SheetColumn } from '$lib/domain/sheet.ts';
import { HexTexts, PrefixedTexts, TextLists } from '$lib/domain/text-columns.ts';
import { joinBytes } from './join-bytes.ts';
import { absent, absentPlace, type ColumnNote } from './open-column.ts';
import { packCounted, packNumbers } from './pack-numbers.ts';
import { packTexts } from './pack-texts.ts';

export type Packed = [note: ColumnNote, bytes: Uint8Array];

const encoder = new TextEncoder();

/** Different values in a column of `few`: at most this many, and each four times on average. */
const few = 32;
const rowsAValue = 4;
/** In lists of texts: what is longer is no list of fields. */
const mostPlaces = 32;

/** `column` holds plain JSON, and undefined where a row lacks the field. */
export function packColumn(name: string, column: readonly unknown[]): Packed {
	const packed =
		packFew(name, column) ??
		packTexts(name, column) ??
		packNumbers(name, column) ??
		packLists(name, column) ??
		packJson(name, column);
	if (column.includes(undefined)) packed[0].hasGaps = true;
	return packed;
}

/** The column of a sheet; undefined where no row holds anything. */
export function packSheetColumn(name: string, column: SheetColumn<unknown>): Packed | undefined {
	if (Array.isArray(column) && column.every((value) => value === undefined)) return undefined;
	return packMade(name, column) ?? packColumn(name, valuesOf(column));
}

/** What makes its values is packed itself where that can be. */
function packMade(name: string, column: SheetColumn<unknown>): Packed | undefined {
	if (column instanceof CountedIds) return packCounted(name, column);
	if (column instanceof TextLists && column.isEven) return packPlaces(name, column.places);
	if (column instanceof HexTexts)
		return [{ name, kind: 'hex', bytes: column.bytes.length }, column.bytes];
	if (!(column instanceof PrefixedTexts)) return undefined;
	const packed = packMade(name, column.texts) ?? packTexts(name, valuesOf(column.texts));
	if (!packed) return undefined;
	const [note, bytes] = packed;
	return [{ ...note, prefix: column.prefix + (note.prefix ?? '') }, bytes];
}

function valuesOf(column: SheetColumn<unknown>): readonly unknown[] {
	if (Array.isArray(column)) return column;
	return Array.from({ length: column.length }, (_, index) => column.at(index));
}

/** A column in which every row holds `value`. */
export function packAlike(name: string, value: unknown): Packed {
	return [{ name, kind: 'same', bytes: 0, values: [value] }, new Uint8Array(0)];
}

function packFew(name: string, column: readonly unknown[]): Packed | undefined {
	const first = column[0];
	let same = 0;
	while (same < column.length && column[same] === first) same++;
	if (same === column.length && first !== undefined) return packAlike(name, first);
	const most = Math.min(few, Math.ceil(column.length / rowsAValue));
	const places = new Map<unknown, number>();
	const bytes = new Uint8Array(column.length);
	let last: unknown = absent;
	let place = absentPlace;
	for (let i = 0; i < column.length; i++) {
		const value = column[i];
		if (value !== last) {
			last = value;
			const known = value === undefined ? absentPlace : places.get(value);
			if (known === undefined) {
				place = places.size;
				if (place === most) return undefined;
				places.set(value, place);
			} else place = known;
		}
		bytes[i] = place;
	}
	return [{ name, kind: 'few', bytes: bytes.length, values: [...places.keys()] }, bytes];
}

/** Lists of as many texts each. */
function packLists(name: string, column: readonly unknown[]): Packed | undefined {
	const [first] = column;
	if (!Array.isArray(first) || first.length === 0 || first.length > mostPlaces) return undefined;
	const size = first.length;
	for (const list of column) if (!isListOfTexts(list, size)) return undefined;
	const lists = column as readonly (readonly string[])[];
	return packPlaces(
		name,
		Array.from(first, (_, place) => lists.map((texts) => texts[place] ?? '')),
	);
}

function isListOfTexts(list: unknown, size: number): boolean {
	if (!Array.isArray(list) || list.length !== size) return false;
	for (const text of list) if (typeof text !== 'string') return false;
	return true;
}

/** By place: the first text of every list, the second of every list. */
function packPlaces(name: string, places: readonly SheetColumn<string>[]): Packed {
	const packed = places.map((texts) => packMade('', texts) ?? packColumn('', valuesOf(texts)));
	const bytes = joinBytes(packed.map(([, part]) => part));
	const columns = packed.map(([note]) => note);
	return [{ name, kind: 'lists', bytes: bytes.length, columns }, bytes];
}

function packJson(name: string, column: readonly unknown[]): Packed {
	const bytes = encoder.encode(
		JSON.stringify(column.map((value) => (value === undefined ? absent : value))),
	);
	return [{ name, kind: 'json', bytes: bytes.length }, bytes];
}
