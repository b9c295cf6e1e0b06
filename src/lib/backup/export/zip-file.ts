type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
	let crc = byte;
	for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
	return crc;
});

function crcOf(bytes: Bytes): number {
	let crc = 0xffffffff;
	for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0);
	return (crc ^ 0xffffffff) >>> 0;
}

/** Names are UTF-8. */
const utf8Names = 0x0800;
const version = 20;

/**
 * A .zip file of files that are stored as they are (PKWARE APPNOTE 6.3.10, without ZIP64: below 4 GB).
 * `add` gives the pieces to write, `end` the last one.
 */
export class ZipFile {
	readonly #date: { time: number; day: number };
	readonly #directory: Bytes[] = [];
	#offset = 0;

	/** `madeAt`: the time that its files bear, epoch milliseconds. */
	constructor(madeAt: number) {
		const date = new Date(madeAt);
		this.#date = {
			time: (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1),
			day: ((date.getFullYear() - 1980) << 9) | ((date.getMonth() + 1) << 5) | date.getDate(),
		};
	}

	add(name: string, contents: Bytes): Bytes[] {
		const nameBytes = encoder.encode(name);
		const { time, day } = this.#date;
		const common = [
			...[u16(version), u16(utf8Names), u16(0), u16(time), u16(day), u32(crcOf(contents))],
			...[u32(contents.length), u32(contents.length), u16(nameBytes.length), u16(0)],
		];
		const head = joined([u32(0x04034b50), ...common, nameBytes]);
		this.#directory.push(
			joined([
				...[u32(0x02014b50), u16(version), ...common],
				...[u16(0), u16(0), u16(0), u32(0), u32(this.#offset), nameBytes],
			]),
		);
		this.#offset += head.length + contents.length;
		return [head, contents];
	}

	end(): Bytes {
		const directory = joined(this.#directory);
		const count = u16(this.#directory.length);
		return joined([
			...[directory, u32(0x06054b50), u16(0), u16(0), count, count],
			...[u32(directory.length), u32(this.#offset), u16(0)],
		]);
	}
}

function u16(value: number): Bytes {
	return new Uint8Array([value & 0xff, (value >>> 8) & 0xff]);
}

function u32(value: number): Bytes {
	return joined([u16(value & 0xffff), u16(value >>> 16)]);
}

function joined(parts: readonly Bytes[]): Bytes {
	const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.length;
	}
	return bytes;
}
