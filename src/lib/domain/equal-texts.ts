/**
 * Finds texts that come more than once. By sorting their hashes as plain numbers, which a browser does at
 * once, where a Map of 100,000 long keys costs as much as all the rest of a report.
 */
export class EqualTexts {
	readonly #textAt: (index: number) => string;
	/** Of each text its hash, and below it its index, as one number. */
	readonly #numbers: BigUint64Array<ArrayBuffer>;
	/** The same by halves: no big integer is made. */
	readonly #halves: Uint32Array;
	#count = 0;

	/** `textAt` gives the text of an index that was added. At most `count` are, each once. */
	constructor(count: number, textAt: (index: number) => string) {
		this.#textAt = textAt;
		this.#numbers = new BigUint64Array(count);
		this.#halves = new Uint32Array(this.#numbers.buffer);
	}

	add(index: number, text: string): void {
		this.addHashed(index, hashOfText(text));
	}

	/** The same where the hash of the text (`hashOfText`) is known already. */
	addHashed(index: number, hash: number): void {
		const at = 2 * this.#count++;
		this.#halves[at] = index;
		this.#halves[at + 1] = hash;
	}

	/** The indexes of each text that came more than once, ascending; by their first ones. */
	groups(): number[][] {
		const count = this.#count;
		const halves = this.#halves;
		this.#numbers.subarray(0, count).sort();
		const groups: number[][] = [];
		for (let start = 0, end = 1; start < count; start = end++) {
			const hash = halves[2 * start + 1];
			while (end < count && halves[2 * end + 1] === hash) end++;
			if (end - start > 1) this.#group(groups, halves.subarray(2 * start, 2 * end));
		}
		return groups.sort(([a = 0], [b = 0]) => a - b);
	}

	/** Different texts may have one hash. */
	#group(groups: number[][], halves: Uint32Array): void {
		const byText = new Map<string, number[]>();
		for (let at = 0; at < halves.length; at += 2) {
			const index = halves[at] ?? 0;
			const text = this.#textAt(index);
			const group = byText.get(text);
			if (group) group.push(index);
			else byText.set(text, [index]);
		}
		for (const group of byText.values()) if (group.length > 1) groups.push(group);
	}
}

/** FNV-1a, with its high bits folded into the low ones. Digests of clients hold it. */
export function hashOfText(text: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
	return hash ^ (hash >>> 15);
}
