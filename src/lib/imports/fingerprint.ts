import { foldName } from '$lib/domain/person-name.ts';

/**
 * A 64-bit fingerprint of texts, mixed one after another. Two different clients share one by chance
 * about once in 10¹⁹ pairs; millions of them take a few bytes each where strings would take hundreds.
 * After MurmurHash3's mixing: https://github.com/aappleby/smhasher
 */
export class Fingerprint {
	a = 0;
	b = 0;

	constructor() {
		this.start();
	}

	start(): this {
		this.a = 0x2f0b4c47;
		this.b = 0x51f7a3d1;
		return this;
	}

	/** Mixes in a text as it is, letter case aside, and an end mark. */
	text(text: string): this {
		for (let at = 0; at < text.length; at += 1) {
			const code = text.charCodeAt(at);
			if (code > 127) return this.#mix(readExactly(text.toLowerCase(), at));
			codes[at] = code >= 65 && code <= 90 ? code + 32 : code;
		}
		return this.#mix(text.length);
	}

	/** Mixes in names so that the spellings which `foldName` makes equal are equal here. */
	name(first: string, last: string): this {
		const isPlain = isAscii(first) && isAscii(last);
		if (!isPlain) return this.#mix(readExactly(`${folded(first)} ${folded(last)}`.trim(), 0));
		return this.#mix(readPlainName(last, readPlainName(first, 0)));
	}

	/** Mixes in the digits of a telephone number, a leading US 1 aside; the count of digits is returned. */
	digits(text: string): number {
		let count = 0;
		for (let at = 0; at < text.length; at += 1) {
			const code = text.charCodeAt(at);
			if (isDigit(code)) codes[count++] = code;
		}
		const hasLeading = count === 11 && codes[0] === 49;
		if (hasLeading) codes.copyWithin(0, 1, count);
		this.#mix(hasLeading ? count - 1 : count, false);
		return count;
	}

	/** Mixes in the codes that were read. The one place that does: what is compiled for speed stays small. */
	#mix(count: number, hasEnd = true): this {
		if (hasEnd) codes[count] = 0;
		const end = hasEnd ? count + 1 : count;
		let { a, b } = this;
		for (let at = 0; at < end; at += 1) {
			const code = codes[at] as number;
			a = Math.imul(a ^ code, 0x85ebca6b);
			a ^= a >>> 13;
			b = (Math.imul(b ^ code, 0xc2b2ae35) + 0x27d4eb2f) | 0;
			b ^= b >>> 16;
		}
		this.a = a;
		this.b = b;
		return this;
	}
}

/** Of the text that is mixed in: a cell has at most ten thousand letters. Of what goes beyond only the length counts. */
const codes = new Uint16Array(1 << 15);

/** Reads a text from one of its letters on behind those before it; returns how many there are by then. */
function readExactly(text: string, from: number): number {
	for (let at = from; at < text.length; at += 1) codes[at] = text.charCodeAt(at);
	return text.length;
}

/** Reads letters and digits behind `before` others: lower case, words parted by one blank; returns how many there are then. */
function readPlainName(text: string, before: number): number {
	let count = before;
	let isGap = before > 0;
	for (let at = 0; at < text.length; at += 1) {
		let code = text.charCodeAt(at);
		if (code >= 65 && code <= 90) code += 32;
		if ((code >= 97 && code <= 122) || isDigit(code)) {
			if (isGap) codes[count++] = 32;
			isGap = false;
			codes[count++] = code;
		} else if (code === 45 || code === 32 || (code >= 9 && code <= 13)) isGap = count > 0;
	}
	return count;
}

/** Folding is slow and names recur. */
const foldedNames = new Map<string, string>();
const mostFoldedNames = 5_000;

function folded(name: string): string {
	let form = foldedNames.get(name);
	if (form === undefined) {
		if (foldedNames.size >= mostFoldedNames) foldedNames.clear();
		form = foldName(name);
		foldedNames.set(name, form);
	}
	return form;
}

const isDigit = (code: number) => code >= 48 && code <= 57;

function isAscii(text: string): boolean {
	for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 127) return false;
	return true;
}
