import type { SheetColumn } from './sheet.ts';

/** Texts that share their beginning. */
export class PrefixedTexts implements SheetColumn<string> {
	constructor(
		readonly prefix: string,
		readonly texts: readonly string[],
	) {}

	get length(): number {
		return this.texts.length;
	}

	at(index: number): string | undefined {
		const text = this.texts[index];
		return text === undefined ? undefined : this.prefix + text;
	}

	slice(from: number, to: number): PrefixedTexts {
		return new PrefixedTexts(this.prefix, this.texts.slice(from, to));
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
