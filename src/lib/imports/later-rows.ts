import type { Outcome } from './decision.ts';
import { rankCount } from './match-clients.ts';
import type { RowPerson } from './row-outcomes.ts';

/** Somebody who cannot be told before all rows have been placed. */
export interface LaterRow extends RowPerson {
	/** Takes what became of her. */
	count: (outcome: Outcome) => void;
}

/** Rows that wait, in the order in which they are settled: by rank, then as the file has them. */
export class LaterRows {
	readonly #byRank: LaterRow[][] = Array.from({ length: rankCount }, () => []);

	add(rank: number, row: LaterRow): void {
		this.#byRank[rank]?.push(row);
	}

	/** Calls `settle` for each with its rank; where it returns a higher one, that is waited for. */
	settle(settle: (row: LaterRow, rank: number) => number | undefined): void {
		this.#byRank.forEach((rows, rank) => {
			for (const row of rows) {
				const higher = settle(row, rank);
				if (higher !== undefined) this.add(higher, row);
			}
			rows.length = 0;
		});
	}
}
