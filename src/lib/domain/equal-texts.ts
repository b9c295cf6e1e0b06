/**
 * Finds texts that come more than once, by their hashes as plain numbers: a Map of 100,000 long keys costs
 * as much as all the rest of a report.
 */
export class EqualTexts {
	readonly #textAt: (index: number) => string;
	readonly #indexes: Uint32Array;
	readonly #hashes: Int32Array;
	#count = 0;

	/** `textAt` gives the text of an index that was added. At most `count` are, each once. */
	constructor(count: number, textAt: (index: number) => string) {
		this.#textAt = textAt;
		this.#indexes = new Uint32Array(count);
		this.#hashes = new Int32Array(count);
	}

	add(index: number, text: string): void {
		this.addHashed(index, hashOfText(text));
	}

	/** The same where the hash of the text (`hashOfText`) is known already. */
	addHashed(index: number, hash: number): void {
		this.#indexes[this.#count] = index;
		this.#hashes[this.#count++] = hash;
	}

	/** The indexes of each text that came more than once, in the order added; by their first ones. */
	groups(): number[][] {
		const groups: number[][] = [];
		for (const indexes of this.#withEqualHashes()) this.#group(groups, indexes);
		return groups.sort(([a = 0], [b = 0]) => a - b);
	}

	/** An open table of twice the size: where a hash belongs, or in the next place that is free, stands who came first. */
	#withEqualHashes(): Iterable<number[]> {
		const hashes = this.#hashes;
		const indexes = this.#indexes;
		const mask = 2 ** Math.ceil(Math.log2(2 * this.#count + 2)) - 1;
		const places = new Int32Array(mask + 1);
		const found = new Map<number, number[]>();
		for (let at = 0; at < this.#count; at++) {
			const hash = hashes[at] as number;
			let place = hash & mask;
			let first = places[place] as number;
			while (first !== 0 && hashes[first - 1] !== hash) {
				place = (place + 1) & mask;
				first = places[place] as number;
			}
			if (first === 0) {
				places[place] = at + 1;
				continue;
			}
			const others = found.get(first);
			if (others) others.push(indexes[at] as number);
			else found.set(first, [indexes[first - 1] as number, indexes[at] as number]);
		}
		return found.values();
	}

	/** Different texts may have one hash. */
	#group(groups: number[][], indexes: number[]): void {
		const [first = 0, ...others] = indexes;
		const text = this.#textAt(first);
		if (others.every((index) => this.#textAt(index) === text)) {
			groups.push(indexes);
			return;
		}
		const byText = new Map([[text, [first]]]);
		for (const index of others) {
			const other = this.#textAt(index);
			const group = byText.get(other);
			if (group) group.push(index);
			else byText.set(other, [index]);
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
