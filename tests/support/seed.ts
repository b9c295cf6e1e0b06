/**
 * How often a property runs, and from which seed: `PORTICO_SEED` repeats what a failure printed,
 * `PORTICO_RUNS` runs it longer.
 */
export function fromSeed(usualRuns: number): { numRuns: number; seed?: number } {
	const numRuns = Number(process.env['PORTICO_RUNS'] ?? usualRuns);
	const seed = process.env['PORTICO_SEED'];
	return seed ? { numRuns, seed: Number(seed) } : { numRuns };
}
