import type { Job } from './options.ts';
import type { Blocks } from './page/heartbeat.ts';
import type { Sealing } from './page/security.ts';
import type { StageCosts } from './page/stages.ts';
import type { WayName } from './page/way.ts';

export type Column = WayName | 'floor';

/** One job, done every way in one round. */
export interface Measurement {
	rows: number;
	round: number;
	job: Job;
	/** In which order the ways had their turn. */
	order: readonly Column[];
	ms: Partial<Record<Column, number>>;
	slowestMs?: Partial<Record<Column, number>>;
	/** The page's longest blocks, in Portico's way. */
	blocks?: { idle: Blocks; importing: Blocks };
	/** What each stage of Portico's import costs. */
	stages?: StageCosts;
	/** What security costs, in Portico's way. */
	security?: SecurityCosts;
}

/** Milliseconds; of what is done both ways, sealed and with the same code that leaves bytes as they are. */
export interface SecurityCosts {
	open: Record<Sealing, number>;
	backup: Record<Sealing, number>;
	/** Sets the first passphrase, which seals everything anew. */
	protect: number;
	/** Of which the passphrase's function is nearly all. */
	unlock: number;
	/** Until a page that holds nothing has taken the place of the one that held all. */
	lock: number;
}

export function byColumn<Result>(
	results: ReadonlyMap<Column, Result>,
	figure: (result: Result) => number,
): Partial<Record<Column, number>> {
	return Object.fromEntries([...results].map(([column, result]) => [column, figure(result)]));
}

export function assertEqual(job: Job, sums: readonly (readonly [string, string])[]): void {
	if (new Set(sums.map(([, sum]) => sum)).size === 1) return;
	const lines = sums.map(([column, sum]) => `  ${column}: ${sum}`);
	throw new Error(`The ways' results of '${job}' differ:\n${lines.join('\n')}`);
}

export function shuffled<Value>(values: readonly Value[], random: () => number): Value[] {
	return values
		.map((value) => ({ value, rank: random() }))
		.sort((a, b) => a.rank - b.rank)
		.map(({ value }) => value);
}
