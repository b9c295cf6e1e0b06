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
			if (code > 127) return this.#exactly(text.toLowerCase(), at);
			this.#code(code >= 65 && code <= 90 ? code + 32 : code);
		}
		this.#code(0);
		return this;
	}

	/** Mixes in names so that the spellings which `foldName` makes equal are equal here. */
	name(first: string, last: string): this {
		const isPlain = isAscii(first) && isAscii(last);
		if (!isPlain) return this.#exactly(`${folded(first)} ${folded(last)}`.trim(), 0);
		const afterFirst = this.#plainName(first, 0);
		this.#plainName(last, afterFirst);
		this.#code(0);
		return this;
	}

	/** Mixes in the digits of a telephone number, a leading US 1 aside; the count of digits is returned. */
	digits(text: string): number {
		let count = 0;
		for (let at = 0; at < text.length; at += 1) if (isDigit(text.charCodeAt(at))) count += 1;
		let isLeading = count === 11;
		for (let at = 0; at < text.length; at += 1) {
			const code = text.charCodeAt(at);
			if (!isDigit(code)) continue;
			if (!isLeading || code !== 49) this.#code(code);
			isLeading = false;
		}
		return count;
	}

	#exactly(text: string, from: number): this {
		for (let at = from; at < text.length; at += 1) this.#code(text.charCodeAt(at));
		this.#code(0);
		return this;
	}

	/** Letters and digits, lower case, words parted by one blank; tells whether something was mixed in before. */
	#plainName(text: string, hasWord: number): number {
		let isGap = hasWord;
		let any = hasWord;
		for (let at = 0; at < text.length; at += 1) {
			let code = text.charCodeAt(at);
			if (code >= 65 && code <= 90) code += 32;
			if ((code >= 97 && code <= 122) || isDigit(code)) {
				if (isGap === 1) this.#code(32);
				isGap = 0;
				any = 1;
				this.#code(code);
			} else if (code === 45 || code === 32 || (code >= 9 && code <= 13)) isGap = any;
		}
		return any;
	}

	#code(code: number): void {
		this.a = Math.imul(this.a ^ code, 0x85ebca6b);
		this.a ^= this.a >>> 13;
		this.b = Math.imul(this.b ^ code, 0xc2b2ae35) + 0x27d4eb2f;
		this.b ^= this.b >>> 16;
	}
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
