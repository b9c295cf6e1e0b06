import type { Column } from '$lib/domain/table.ts';
import type { CountedIds } from '$lib/domain/row-ids.ts';
import type { ColumnNote } from './open-column.ts';
import type { Packed } from './pack-column.ts';

const widths = [1, 2, 4] as const;
/** Bytes that a number takes. */
export type Width = (typeof widths)[number];
const arrays = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };

/** Times and counts: whole numbers that lie a few steps of one size apart. */
export function packNumbers(name: string, column: readonly unknown[]): Packed | undefined {
	if (!column.every(Number.isSafeInteger)) return undefined;
	const numbers = column as readonly number[];
	let [base, most] = [numbers[0] ?? 0, numbers[0] ?? 0];
	for (const number of numbers) {
		if (number < base) base = number;
		if (number > most) most = number;
	}
	let unit = 0;
	for (const number of numbers) {
		if (unit === 1) break;
		unit = commonStep(unit, number - base);
	}
	const width = widths.find((bytes) => (most - base) / unit < 2 ** (8 * bytes));
	if (!width || !Number.isSafeInteger(most - base)) return undefined;
	const steps = new arrays[width](numbers.length);
	for (let index = 0; index < numbers.length; index++)
		steps[index] = ((numbers[index] as number) - base) / unit;
	const bytes = new Uint8Array(steps.buffer);
	return [{ name, kind: 'numbers', bytes: bytes.length, width, base, unit }, bytes];
}

/** Ids by their counts. */
export function packCounted(name: string, { shared, counts }: CountedIds): Packed | undefined {
	const packed = packNumbers(name, counts);
	return packed && [{ ...packed[0], kind: 'counted', prefix: shared }, packed[1]];
}

/** The greatest number that divides both. */
function commonStep(one: number, other: number): number {
	return other === 0 ? one : commonStep(other, one % other);
}

export function openNumbers(
	{ width = 4, base = 0, unit = 1 }: ColumnNote,
	bytes: Uint8Array,
): Column<number> {
	// A copy: wider numbers begin only at some places.
	const steps = new arrays[width](bytes.slice().buffer);
	return { at: (index) => base + unit * (steps[index] as number) };
}
