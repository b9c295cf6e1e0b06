/**
 * Finds texts that come more than once. A table of hashes, because a Map of 100,000 long keys costs
 * as much as all the rest of a report.
 */
export class EqualTexts {
	readonly #textAt: (index: number) => string;
	/** One more than the index of the first text in a slot; 0 where there is none. */
	readonly #firsts: Uint32Array;
	readonly #hashes: Int32Array;
	readonly #groups = new Map<number, number[]>();

	/** `textAt` gives a text anew that was added before. */
	constructor(count: number, textAt: (index: number) => string) {
		this.#textAt = textAt;
		this.#firsts = new Uint32Array(2 ** Math.ceil(Math.log2(count * 2 + 2)));
		this.#hashes = new Int32Array(count);
	}

	add(index: number, text: string): void {
		const firsts = this.#firsts;
		const hash = (this.#hashes[index] = hashOf(text));
		const last = firsts.length - 1;
		for (let slot = hash & last; ; slot = (slot + 1) & last) {
			const first = (firsts[slot] ?? 0) - 1;
			if (first < 0) {
				firsts[slot] = index + 1;
				return;
			}
			if (this.#hashes[first] === hash && this.#textAt(first) === text) {
				const group = this.#groups.get(first);
				if (group) group.push(index);
				else this.#groups.set(first, [first, index]);
				return;
			}
		}
	}

	/** The indexes of each text that came more than once, in the order in which they were added. */
	groups(): number[][] {
		return [...this.#groups.values()];
	}
}

/** FNV-1a, with its high bits folded into those that choose the slot. */
function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
	return hash ^ (hash >>> 15);
}
