/** A few whole numbers a person, for millions of them, in flat memory. */
export class PersonFacts {
	readonly #width: number;
	#values: Int32Array;

	constructor(width: number, expected: number) {
		this.#width = width;
		this.#values = new Int32Array(width * Math.max(1024, expected));
	}

	/** Keeps a copy of a person's facts under her number. */
	put(person: number, facts: Int32Array): void {
		const at = person * this.#width;
		if (at + this.#width > this.#values.length) {
			const wider = new Int32Array(Math.max(this.#values.length * 2, at + this.#width));
			wider.set(this.#values);
			this.#values = wider;
		}
		this.#values.set(facts, at);
	}

	get(person: number, fact: number): number {
		return this.#values[person * this.#width + fact] as number;
	}
}
