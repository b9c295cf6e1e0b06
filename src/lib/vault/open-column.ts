import { idOf } from '$lib/domain/row-ids.ts';
import type { Column } from '$lib/domain/table.ts';
import { HexTexts } from '$lib/domain/text-columns.ts';
import { openNumbers, type Width } from './pack-numbers.ts';
import { openTexts } from './pack-texts.ts';

/**
 * How a column's bytes are to be read.
 * - `same`: every row holds `values[0]`; no bytes
 * - `few`: a byte a row, its place in `values`
 * - `texts`: a row's length in `width` bytes (two where it does not say), then all texts as one, each
 *   without the `prefix` that they share
 * - `hex`: as many bytes a row each, in hex behind the `prefix`
 * - `numbers`: `width` bytes a row, how many times `unit` it lies above `base`
 * - `counted`: as `numbers`, each an id: the `prefix` and the number in base 36
 * - `lists`: of as many texts each as there are `columns`, packed one after the other
 * - `json`: an array
 */
export interface ColumnNote {
	name: string;
	kind: 'same' | 'few' | 'texts' | 'hex' | 'numbers' | 'counted' | 'lists' | 'json';
	bytes: number;
	/** Some rows lack the field. */
	hasGaps?: true;
	values?: unknown[];
	prefix?: string;
	/** Bytes that a length, or a number, takes. */
	width?: Width;
	base?: number;
	unit?: number;
	columns?: ColumnNote[];
}

const decoder = new TextDecoder();
/** In a column of few, the place of a value that is not there. */
export const absentPlace = 255;
/** JSON knows no `undefined`; rows never hold this array. */
export const absent = ['\u0000absent'];

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
		case 'hex': {
			const texts = new HexTexts(bytes, bytes.length / count);
			return { at: (index) => (note.prefix ?? '') + (texts.at(index) ?? '') };
		}
		case 'numbers':
			return openNumbers(note, bytes);
		case 'counted': {
			const counts = openNumbers(note, bytes);
			return { at: (index) => idOf(note.prefix ?? '', counts.at(index)) };
		}
		case 'lists':
			return openLists(note, bytes, count);
		case 'json': {
			const column = JSON.parse(decoder.decode(bytes)) as unknown[];
			return { at: (index) => (isAbsent(column[index]) ? undefined : column[index]) };
		}
	}
}

function openLists({ columns = [] }: ColumnNote, bytes: Uint8Array, count: number) {
	let at = 0;
	const places = columns.map((note) => {
		const part = bytes.subarray(at, at + note.bytes);
		at += note.bytes;
		return openColumn(note, part, count) as Column<string>;
	});
	return { at: (index: number) => places.map((texts) => texts.at(index)) };
}

function isAbsent(value: unknown): boolean {
	return Array.isArray(value) && value.length === 1 && value[0] === absent[0];
}
