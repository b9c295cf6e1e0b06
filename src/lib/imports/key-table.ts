/** Of an entry: its key's halves, its value, and the next entry that hangs on the same head. */
const [lowAt, highAt, valueAt, linkAt, width] = [0, 1, 2, 3, 4] as const;

/**
 * Numbers by 64-bit key, several a key, in flat memory: 20 bytes an entry, where a Map of strings
 * takes some two hundred. Newest first. An entry lies in one place, because the memory's distance is
 * what a look-up costs.
 */
export class KeyTable {
	#heads: Int32Array;
	#entries: Int32Array;
	#count = 0;

	constructor(expected: number) {
		let size = 1024;
		while (size < expected) size *= 2;
		this.#heads = new Int32Array(size).fill(-1);
		this.#entries = new Int32Array(size * width);
	}

	add(low: number, high: number, value: number): void {
		if (this.#count === this.#heads.length) this.#grow();
		const entry = this.#count;
		this.#count += 1;
		const entries = this.#entries;
		const at = entry * width;
		entries[at + lowAt] = low;
		entries[at + highAt] = high;
		entries[at + valueAt] = value;
		this.#hang(entry, low);
	}

	/** The first entry of a key, -1 if none. */
	first(low: number, high: number): number {
		return this.#from(this.#heads[low & (this.#heads.length - 1)] as number, low, high);
	}

	/** The next entry of the same key, -1 if none. */
	next(entry: number): number {
		const entries = this.#entries;
		const at = entry * width;
		const [low, high] = [entries[at + lowAt] as number, entries[at + highAt] as number];
		return this.#from(entries[at + linkAt] as number, low, high);
	}

	value(entry: number): number {
		return this.#entries[entry * width + valueAt] as number;
	}

	#from(start: number, low: number, high: number): number {
		const entries = this.#entries;
		let entry = start;
		while (entry >= 0) {
			const at = entry * width;
			if (entries[at + lowAt] === low && entries[at + highAt] === high) return entry;
			entry = entries[at + linkAt] as number;
		}
		return -1;
	}

	#hang(entry: number, low: number): void {
		const head = low & (this.#heads.length - 1);
		this.#entries[entry * width + linkAt] = this.#heads[head] as number;
		this.#heads[head] = entry;
	}

	#grow(): void {
		const size = this.#heads.length * 2;
		this.#heads = new Int32Array(size).fill(-1);
		const entries = new Int32Array(size * width);
		entries.set(this.#entries);
		this.#entries = entries;
		for (let entry = 0; entry < this.#count; entry += 1)
			this.#hang(entry, entries[entry * width + lowAt] as number);
	}
}
