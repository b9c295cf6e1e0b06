import type { Column } from '$lib/domain/table.ts';
import { openNumbers, packNumbers, type Width } from './pack-numbers.ts';

/**
 * How a column's bytes are to be read.
 * - `same`: every row holds `values[0]`; no bytes
 * - `few`: a byte a row, its place in `values`
 * - `texts`: a row's length in `width` bytes (two where it does not say), then all texts as one, each
 *   without the `prefix` that they share
 * - `numbers`: `width` bytes a row, how many times `unit` it lies above `base`
 * - `json`: an array
 */
export interface ColumnNote {
	name: string;
	kind: 'same' | 'few' | 'texts' | 'numbers' | 'json';
	bytes: number;
	/** Some rows lack the field. */
	hasGaps?: true;
	values?: unknown[];
	prefix?: string;
	/** Bytes that a length, or a number, takes. */
	width?: Width;
	base?: number;
	unit?: number;
}

export type Packed = [note: ColumnNote, bytes: Uint8Array];

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Different values in a column of `few`: at most this many, and each four times on average. */
const few = 32;
const rowsAValue = 4;
/** In a column of few, the place of a value that is not there. */
const absentPlace = 255;
/** JSON knows no `undefined`; rows never hold this array. */
const absent = ['\u0000absent'];
const longestText = 0xffff;

/** `column` holds plain JSON, and undefined where a row lacks the field. */
export function packColumn(name: string, column: readonly unknown[]): Packed {
	const packed =
		packFew(name, column) ??
		packTexts(name, column) ??
		packNumbers(name, column) ??
		packJson(name, column);
	if (column.includes(undefined)) packed[0].hasGaps = true;
	return packed;
}

/** A column in which every row holds `value`. */
export function packAlike(name: string, value: unknown): Packed {
	return [{ name, kind: 'same', bytes: 0, values: [value] }, new Uint8Array(0)];
}

/** Makes no value before it is asked for: of 100,000 texts few are looked at twice. */
export function openColumn(note: ColumnNote, bytes: Uint8Array, count: number): Column<unknown> {
	const { kind, values = [] } = note;
	switch (kind) {
		case 'same':
			return { at: () => values[0] };
		case 'few':
			return { at: (index) => values[bytes[index] ?? absentPlace] };
		case 'texts':
			return openTexts(note, bytes, count);
		case 'numbers':
			return openNumbers(note, bytes);
		case 'json': {
			const column = JSON.parse(decoder.decode(bytes)) as unknown[];
			return { at: (index) => (isAbsent(column[index]) ? undefined : column[index]) };
		}
	}
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

function packTexts(name: string, column: readonly unknown[]): Packed | undefined {
	const first = column[0];
	if (typeof first !== 'string') return undefined;
	let prefix = first;
	let longest = 0;
	for (const text of column) {
		if (typeof text !== 'string' || text.length > longestText) return undefined;
		longest = Math.max(longest, text.length);
		while (!text.startsWith(prefix)) prefix = prefix.slice(0, -1);
	}
	const texts = column as readonly string[];
	const width = longest - prefix.length > 0xff ? 2 : 1;
	const lengths = new Uint8Array(width * texts.length);
	let joined = '';
	for (let index = 0; index < texts.length; index++) {
		const text = texts[index] ?? '';
		joined += prefix === '' ? text : text.slice(prefix.length);
		const length = text.length - prefix.length;
		lengths[width * index] = length & 0xff;
		if (width === 2) lengths[2 * index + 1] = length >>> 8;
	}
	const encoded = encoder.encode(joined);
	// Half a pair of surrogates has no form in UTF-8; JSON has one for it.
	if (encoded.length > joined.length && /\p{Surrogate}/u.test(joined)) return undefined;
	const bytes = new Uint8Array(lengths.length + encoded.length);
	bytes.set(lengths);
	bytes.set(encoded, lengths.length);
	return [{ name, kind: 'texts', bytes: bytes.length, prefix, width }, bytes];
}

function openTexts(
	{ prefix = '', width = 2 }: ColumnNote,
	bytes: Uint8Array,
	count: number,
): Column<string> {
	let ends: Uint32Array | undefined;
	let joined = '';
	return {
		at: (index) => {
			if (!ends) {
				ends = endsOf(bytes, width, count);
				joined = decoder.decode(bytes.subarray(width * count));
			}
			return prefix + joined.slice(ends[index], ends[index + 1]);
		},
	};
}

function endsOf(bytes: Uint8Array, width: number, count: number): Uint32Array {
	const ends = new Uint32Array(count + 1);
	for (let index = 0, end = 0; index < count; index++) {
		end += bytes[width * index] as number;
		if (width === 2) end += (bytes[2 * index + 1] as number) << 8;
		ends[index + 1] = end;
	}
	return ends;
}

function packJson(name: string, column: readonly unknown[]): Packed {
	const bytes = encoder.encode(
		JSON.stringify(column.map((value) => (value === undefined ? absent : value))),
	);
	return [{ name, kind: 'json', bytes: bytes.length }, bytes];
}

function isAbsent(value: unknown): boolean {
	return Array.isArray(value) && value.length === 1 && value[0] === absent[0];
}
