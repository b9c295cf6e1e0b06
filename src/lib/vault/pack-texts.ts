import type { Column } from '$lib/domain/table.ts';
import type { ColumnNote } from './open-column.ts';
import type { Packed } from './pack-column.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const longestText = 0xffff;

export function packTexts(name: string, column: readonly unknown[]): Packed | undefined {
	const first = column[0];
	if (typeof first !== 'string') return undefined;
	let prefix = first;
	let longest = 0;
	for (const text of column) {
		if (typeof text !== 'string' || text.length > longestText) return undefined;
		longest = Math.max(longest, text.length);
		while (prefix !== '' && !text.startsWith(prefix)) prefix = prefix.slice(0, -1);
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

export function openTexts(
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
