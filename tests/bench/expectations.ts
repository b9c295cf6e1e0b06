import { ratios, spreadInWords, spreadOf, time } from './figures.ts';
import type { Measurement } from './measurement.ts';
import type { Job } from './options.ts';

/** One figure that the design promises, and what was measured. */
export interface Judged {
	words: string;
	measured: string;
	isMet: boolean;
}

/** Judges by the median of the rounds, and a block of the page by the longest of them all. */
export function judge(measurements: readonly Measurement[]): Judged[] {
	const of = (job: Job, rows: number) =>
		measurements.filter((one) => one.job === job && one.rows === rows);
	const judged: Judged[] = [];

	function faster(job: Job, rows: number, least: number, words: string): void {
		const found = ratios(
			of(job, rows),
			({ ms }) => ms.plain,
			({ ms }) => ms.portico,
		);
		if (found) judged.push({ words, measured: spreadInWords(found), isMet: found.median >= least });
	}

	faster('import', 10_000, 8, 'import of 10,000 at least 8 × faster than plain');
	faster('import', 100_000, 12, 'import of 100,000 at least 12 × faster than plain');
	const floor = ratios(
		of('import', 100_000),
		({ ms }) => ms.portico,
		({ ms }) => ms.floor,
	);
	if (floor)
		judged.push({
			words: 'import of 100,000 within 3.5 × decoding, parsing and mapping alone',
			measured: spreadInWords(floor),
			isMet: floor.median <= 3.5,
		});
	faster('report', 100_000, 10, 'report of 100,000, cold, at least 10 × faster than plain');
	faster('queue', 10_000, 50, 'queueing 10,000 at least 50 × faster than plain');

	const slowest = spreadOf(of('search', 100_000).flatMap((one) => one.slowestMs?.portico ?? []));
	if (slowest)
		judged.push({
			words: 'the slowest keystroke among 100,000 under 20 ms',
			measured: spreadInWords(slowest, 'ms'),
			isMet: slowest.median < 20,
		});
	const blocks = of('blocks', 100_000).flatMap((one) => one.blocks?.importing ?? []);
	if (blocks.length > 0) {
		const task = Math.max(...blocks.map(({ longestTaskMs }) => longestTaskMs));
		const gap = Math.max(...blocks.map(({ longestGapMs }) => longestGapMs));
		judged.push({
			words: 'the page never blocked over 50 ms during an import of 100,000',
			measured: `longest task ${task === 0 ? 'under 50 ms' : time(task)}, longest gap ${time(gap)}`,
			isMet: task === 0,
		});
	}
	return judged;
}
