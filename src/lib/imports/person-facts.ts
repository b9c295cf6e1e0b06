/** A few whole numbers a person, for millions of them, in flat memory. */
export class PersonFacts {
	readonly #width: number;
	#values: Int32Array;
	#count = 0;

	constructor(width: number, expected: number) {
		this.#width = width;
		this.#values = new Int32Array(width * Math.max(1024, expected));
	}

	/** Keeps a copy of a person's facts; the person's number is returned, the first being 0. */
	add(facts: Int32Array): number {
		const at = this.#count * this.#width;
		if (at + this.#width > this.#values.length) {
			const wider = new Int32Array(this.#values.length * 2);
			wider.set(this.#values);
			this.#values = wider;
		}
		this.#values.set(facts, at);
		this.#count += 1;
		return this.#count - 1;
	}

	get(person: number, fact: number): number {
		return this.#values[person * this.#width + fact] as number;
	}

	set(person: number, fact: number, value: number): void {
		this.#values[person * this.#width + fact] = value;
	}
}
