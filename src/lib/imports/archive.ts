import { ImportTrouble } from './import-problem.ts';

/** One file of a ZIP archive: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
export interface ArchiveEntry {
	path: string;
	isDeflated: boolean;
	/** Bytes in the archive, and as the archive says once unpacked. */
	packedSize: number;
	size: number;
	/** Where its own header begins. */
	offset: number;
}

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const headerMark = 0x04034b50;
/** The end record with the longest comment. */
const longestEnd = 22 + 0xffff;
const mostEntries = 10_000;

/** What an archive says that it holds; throws ImportTrouble when its directory is damaged. */
export async function listArchive(file: Blob): Promise<ArchiveEntry[]> {
	const tailStart = Math.max(0, file.size - longestEnd);
	const tail = new DataView(await file.slice(tailStart).arrayBuffer());
	let end = tail.byteLength - 22;
	while (end >= 0 && tail.getUint32(end, true) !== endMark) end -= 1;
	if (end < 0) throw damaged();
	const count = tail.getUint16(end + 10, true);
	const size = tail.getUint32(end + 12, true);
	const start = tail.getUint32(end + 16, true);
	if (start + size > file.size || count > mostEntries) throw damaged();
	const bytes = await file.slice(start, start + size).arrayBuffer();
	return readEntries(new DataView(bytes), count);
}

function readEntries(directory: DataView, count: number): ArchiveEntry[] {
	const decoder = new TextDecoder();
	const entries: ArchiveEntry[] = [];
	let at = 0;
	for (let index = 0; index < count; index += 1) {
		if (at + 46 > directory.byteLength || directory.getUint32(at, true) !== entryMark)
			throw damaged();
		const nameLength = directory.getUint16(at + 28, true);
		if (at + 46 + nameLength > directory.byteLength) throw damaged();
		const name = new Uint8Array(directory.buffer, directory.byteOffset + at + 46, nameLength);
		entries.push({
			path: decoder.decode(name),
			isDeflated: directory.getUint16(at + 10, true) === 8,
			packedSize: directory.getUint32(at + 20, true),
			size: directory.getUint32(at + 24, true),
			offset: directory.getUint32(at + 42, true),
		});
		at += 46 + nameLength + directory.getUint16(at + 30, true) + directory.getUint16(at + 32, true);
	}
	return entries;
}

/**
 * Unpacks one entry in the browser's own unpacker. Throws ImportTrouble when it is damaged or longer
 * than `mostBytes`: the size which an archive states need not be true.
 */
export async function unpack(
	file: Blob,
	entry: ArchiveEntry,
	mostBytes: number,
): Promise<Uint8Array> {
	const header = new DataView(await file.slice(entry.offset, entry.offset + 30).arrayBuffer());
	if (header.byteLength < 30 || header.getUint32(0, true) !== headerMark) throw damaged();
	const start = entry.offset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
	const packed = file.slice(start, start + entry.packedSize);
	if (packed.size < entry.packedSize) throw damaged();
	const stream = entry.isDeflated
		? packed.stream().pipeThrough(new DecompressionStream('deflate-raw'))
		: packed.stream();
	const pieces: Uint8Array[] = [];
	let size = 0;
	const reader = stream.getReader();
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) break;
			size += value.byteLength;
			if (size > mostBytes) throw tooLong();
			pieces.push(value);
		}
	} catch (error) {
		void reader.cancel().catch(() => undefined);
		throw error instanceof ImportTrouble ? error : damaged();
	}
	return joined(pieces, size);
}

/** Writes files into an archive as they are, not packed. */
export function storeArchive(files: readonly { path: string; bytes: Uint8Array }[]): ArrayBuffer {
	const pieces: Uint8Array[] = [];
	const directory: Uint8Array[] = [];
	let size = 0;
	let directorySize = 0;
	for (const { path, bytes } of files) {
		const name = new TextEncoder().encode(path);
		const header = new DataView(new ArrayBuffer(30));
		header.setUint32(0, headerMark, true);
		header.setUint32(18, bytes.length, true);
		header.setUint32(22, bytes.length, true);
		header.setUint16(26, name.length, true);
		const entry = new DataView(new ArrayBuffer(46));
		entry.setUint32(0, entryMark, true);
		entry.setUint32(20, bytes.length, true);
		entry.setUint32(24, bytes.length, true);
		entry.setUint16(28, name.length, true);
		entry.setUint32(42, size, true);
		pieces.push(new Uint8Array(header.buffer), name, bytes);
		directory.push(new Uint8Array(entry.buffer), name);
		size += 30 + name.length + bytes.length;
		directorySize += 46 + name.length;
	}
	const end = new DataView(new ArrayBuffer(22));
	end.setUint32(0, endMark, true);
	end.setUint16(8, files.length, true);
	end.setUint16(10, files.length, true);
	end.setUint32(12, directorySize, true);
	end.setUint32(16, size, true);
	pieces.push(...directory, new Uint8Array(end.buffer));
	return joined(pieces, size + directorySize + 22).buffer as ArrayBuffer;
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
	const whole = new Uint8Array(size);
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.byteLength;
	}
	return whole;
}

const damaged = () =>
	new ImportTrouble(
		'binary',
		'This file looks like an Excel workbook (.xlsx) or a ZIP archive, but it is damaged. Nothing was changed. Save it again, or save it as CSV and choose that file.',
	);

const tooLong = () =>
	new ImportTrouble(
		'too-large',
		'This workbook unpacks to more than Portico can hold at once. Nothing was changed. Save the sheet with your clients as CSV and choose that file: a CSV file may have any size.',
	);
