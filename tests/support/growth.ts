const shortest = 5_000;
const rounds = 5;

/** What `growth` stays below where time is in proportion to length, however busy the machine is. */
export const proportional = 30;

/**
 * How much longer `run` takes for eight times the length: about 8 where its time is in proportion,
 * about 64 where it is squared. The best of a few rounds, so that a busy machine counts little.
 */
export function growth(run: (length: number) => unknown): number {
	const best = (length: number) => {
		let least = Infinity;
		for (let round = 0; round < rounds; round += 1) {
			const start = performance.now();
			run(length);
			least = Math.min(least, performance.now() - start);
		}
		return least;
	};
	best(shortest);
	// Below that it is the clock that is measured.
	return best(shortest * 8) / Math.max(best(shortest), 0.1);
}
