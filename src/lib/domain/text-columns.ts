import { hexOf } from './hex.ts';
import type { SheetColumn } from './sheet.ts';

/** Texts that share their beginning. */
export class PrefixedTexts implements SheetColumn<string> {
	constructor(
		readonly prefix: string,
		readonly texts: SheetColumn<string>,
	) {}

	get length(): number {
		return this.texts.length;
	}

	at(index: number): string | undefined {
		const text = this.texts.at(index);
		return text === undefined ? undefined : this.prefix + text;
	}

	slice(from: number, to: number): PrefixedTexts {
		return new PrefixedTexts(this.prefix, this.texts.slice(from, to));
	}
}

/** Texts in hex, each of as many bytes: what they say is kept, and written out as somebody asks for it. */
export class HexTexts implements SheetColumn<string> {
	constructor(
		readonly bytes: Uint8Array,
		readonly bytesEach: number,
	) {}

	get length(): number {
		return this.bytes.length / this.bytesEach;
	}

	at(index: number): string | undefined {
		const start = index * this.bytesEach;
		if (start >= this.bytes.length) return undefined;
		return hexOf(this.bytes.subarray(start, start + this.bytesEach));
	}

	slice(from: number, to: number): HexTexts {
		const bytes = this.bytes.subarray(from * this.bytesEach, to * this.bytesEach);
		return new HexTexts(bytes, this.bytesEach);
	}
}

/** A list of texts a row, by place: the first of every list, the second of every list. */
export class TextLists implements SheetColumn<string[]> {
	/** `places` lack a text where a list is shorter than others. */
	constructor(
		readonly length: number,
		readonly places: readonly SheetColumn<string>[],
	) {}

	/** All lists are as long. */
	get isEven(): boolean {
		return this.places.every((texts) => !Array.isArray(texts) || !texts.includes(undefined));
	}

	at(index: number): string[] {
		return this.places.flatMap((texts) => texts.at(index) ?? []);
	}

	slice(from: number, to: number): TextLists {
		const places = this.places.map((texts) => texts.slice(from, to));
		return new TextLists(Math.min(to, this.length) - from, places);
	}
}
