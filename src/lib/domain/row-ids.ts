import type { SheetColumn } from './sheet.ts';

/** Ids for the many rows of one commit: a beginning that they share, and a count in base 36. */
export class RowIds {
	readonly #shared: string;
	#count = 0;

	constructor(shared: string) {
		this.#shared = shared;
	}

	/** The next id by its count alone; no text is made. */
	count(): number {
		return (this.#count += 1);
	}

	/** The next id; may be handed on by itself. */
	readonly next = (): string => idOf(this.#shared, this.count());

	/** The ids of these counts, each made as somebody asks for it. */
	column(counts: readonly number[]): CountedIds {
		return new CountedIds(this.#shared, counts);
	}
}

export class CountedIds implements SheetColumn<string> {
	constructor(
		readonly shared: string,
		readonly counts: readonly number[],
	) {}

	get length(): number {
		return this.counts.length;
	}

	at(index: number): string | undefined {
		const count = this.counts[index];
		return count === undefined ? undefined : idOf(this.shared, count);
	}

	slice(from: number, to: number): CountedIds {
		return new CountedIds(this.shared, this.counts.slice(from, to));
	}
}

/** The id of a count. */
export function idOf(shared: string, count: number): string {
	return shared + count.toString(36);
}
