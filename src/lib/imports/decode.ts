import { ImportTrouble } from './import-problem.ts';
import { refuseBinary, refuseControls } from './file-kind.ts';
import { isMacRoman } from './mac-roman.ts';

/** By the names that TextDecoder knows; `macintosh` is Mac Roman. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'macintosh';

/** How much of a file is looked at before it is read: one slice. */
export const sliceBytes = 1 << 20;
/** How much is decoded at once: rows of small pieces die young, which halves the time of an import. */
const pieceBytes = 1 << 16;

/** Thrown when bytes contradict the encoding, late in a file: it must be read again as windows-1252. */
export class WrongEncoding extends Error {}

/** What the bytes at the start of a file are. Throws ImportTrouble for empty and binary files. */
export function detectEncoding(start: Uint8Array, isWhole: boolean): Encoding {
	const [a, b, c] = start;
	if (a === undefined)
		throw new ImportTrouble(
			'empty',
			'This file is empty. Nothing was changed. Export your clients again and choose the new file.',
		);
	if (a === 0xef && b === 0xbb && c === 0xbf) return eightBit(start, isWhole);
	if (a === 0xff && b === 0xfe) return 'utf-16le';
	if (a === 0xfe && b === 0xff) return 'utf-16be';
	refuseBinary(start);
	const wide = sixteenBit(start);
	refuseControls(start, wide && (wide === 'utf-16le' ? 0 : 1));
	return wide ?? eightBit(start, isWhole);
}

/** UTF-16 without a mark: Latin letters, digits and delimiters have their zeros on one side of each pair. */
function sixteenBit(start: Uint8Array): Encoding | undefined {
	let even = 0;
	let odd = 0;
	const end = Math.min(start.length, 4096) & ~1;
	for (let at = 0; at < end; at += 2) {
		if (start[at] === 0) even += 1;
		if (start[at + 1] === 0) odd += 1;
	}
	if (even === 0 && odd === 0) return undefined;
	if (odd > end / 20 && even < odd / 20) return 'utf-16le';
	if (even > end / 20 && odd < even / 20) return 'utf-16be';
	throw new ImportTrouble(
		'binary',
		'This file holds binary data, not a table of text. Nothing was changed. Export or save your clients as CSV and choose that file.',
	);
}

function eightBit(start: Uint8Array, isWhole: boolean): Encoding {
	if (isUtf8(start, isWhole)) return 'utf-8';
	return isMacRoman(start) ? 'macintosh' : 'windows-1252';
}

function isUtf8(start: Uint8Array, isWhole: boolean): boolean {
	try {
		// While streaming, a character cut by the end of the slice is no error.
		new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: !isWhole });
		return true;
	} catch {
		return false;
	}
}

/**
 * Decodes a file piece by piece; a character cut by a piece's edge is kept whole, a mark at the start
 * dropped. `seen` is called with the bytes read so far. Throws WrongEncoding, and what the file throws
 * when it vanishes.
 */
export async function* readText(
	file: Blob,
	encoding: Encoding,
	seen: (bytes: number) => void = () => {},
	bytesAtOnce = sliceBytes,
): AsyncGenerator<string> {
	const decoder = new TextDecoder(encoding, { fatal: true });
	const read = (from: number, count: number) => file.slice(from, from + count).arrayBuffer();
	// A small one first: there is work for whoever waits while the others come.
	let next = read(0, Math.min(pieceBytes, bytesAtOnce));
	for (let end = 0; end < file.size;) {
		const bytes = await next;
		if (bytes.byteLength === 0) throw gone();
		end += bytes.byteLength;
		const isLast = end >= file.size;
		if (!isLast) {
			next = read(end, bytesAtOnce);
			// Its failure is heard when it is awaited, also when nobody comes to await it.
			next.catch(() => {});
		}
		for (let at = 0; at < bytes.byteLength; at += pieceBytes) {
			const isEnd = isLast && at + pieceBytes >= bytes.byteLength;
			const size = Math.min(pieceBytes, bytes.byteLength - at);
			const text = decode(decoder, new Uint8Array(bytes, at, size), !isEnd);
			if (text !== '') yield text;
		}
		seen(end);
	}
}

function decode(decoder: TextDecoder, bytes: Uint8Array, stream: boolean): string {
	try {
		return decoder.decode(bytes, { stream });
	} catch {
		if (decoder.encoding !== 'utf-8')
			throw new ImportTrouble(
				'unreadable',
				'This file is damaged: its text breaks off in the middle of a character. Nothing was changed. Export it again.',
			);
		throw new WrongEncoding();
	}
}

function gone(): Error {
	return new DOMException('The file became shorter while it was read.', 'NotReadableError');
}
