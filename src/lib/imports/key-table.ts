/**
 * Numbers by 64-bit key, several a key, in flat memory: 20 bytes an entry, where a Map of strings
 * takes some two hundred. Newest first.
 */
export class KeyTable {
	#heads: Int32Array;
	#links: Int32Array;
	#lows: Int32Array;
	#highs: Int32Array;
	#values: Int32Array;
	#count = 0;

	constructor(expected: number) {
		let size = 1024;
		while (size < expected) size *= 2;
		this.#heads = new Int32Array(size).fill(-1);
		this.#links = new Int32Array(size);
		this.#lows = new Int32Array(size);
		this.#highs = new Int32Array(size);
		this.#values = new Int32Array(size);
	}

	add(low: number, high: number, value: number): void {
		if (this.#count === this.#heads.length) this.#grow();
		const entry = this.#count;
		this.#count += 1;
		this.#lows[entry] = low;
		this.#highs[entry] = high;
		this.#values[entry] = value;
		this.#hang(entry, low);
	}

	/** The first entry of a key, -1 if none. */
	first(low: number, high: number): number {
		return this.#from(this.#heads[low & (this.#heads.length - 1)] as number, low, high);
	}

	/** The next entry of the same key, -1 if none. */
	next(entry: number): number {
		const low = this.#lows[entry] as number;
		return this.#from(this.#links[entry] as number, low, this.#highs[entry] as number);
	}

	value(entry: number): number {
		return this.#values[entry] as number;
	}

	#from(start: number, low: number, high: number): number {
		let entry = start;
		while (entry >= 0 && (this.#lows[entry] !== low || this.#highs[entry] !== high))
			entry = this.#links[entry] as number;
		return entry;
	}

	#hang(entry: number, low: number): void {
		const head = low & (this.#heads.length - 1);
		this.#links[entry] = this.#heads[head] as number;
		this.#heads[head] = entry;
	}

	#grow(): void {
		const size = this.#heads.length * 2;
		this.#heads = new Int32Array(size).fill(-1);
		this.#links = widened(this.#links, size);
		this.#lows = widened(this.#lows, size);
		this.#highs = widened(this.#highs, size);
		this.#values = widened(this.#values, size);
		for (let entry = 0; entry < this.#count; entry += 1)
			this.#hang(entry, this.#lows[entry] as number);
	}
}

function widened(from: Int32Array, size: number): Int32Array {
	const to = new Int32Array(size);
	to.set(from);
	return to;
}
