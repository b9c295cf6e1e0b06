import type { Judged } from './expectations.ts';
import { ratios, spreadInWords, spreadOf, table, time } from './figures.ts';
import { jobs, type Job } from './options.ts';
import type { Column, Measurement, SecurityCosts } from './measurement.ts';

const heads = ['rows', 'job', 'Portico', 'plain', 'tuned', 'plain ÷ Portico', 'tuned ÷ Portico'];

/** Where the median of many is told: what the slowest of them is called. */
const slowestOf: Partial<Record<Job, string>> = {
	search: 'slowest key',
	'list-search': 'slowest key',
	'list-sort': 'slowest column',
	'list-filter': 'slowest filter',
};

/** Told in lines of their own. */
const apart: readonly Job[] = ['blocks', 'stages', 'security'];

/** The medians of all rounds, one line a size and job. */
export function summary(measurements: readonly Measurement[]): string {
	const lines: string[][] = [];
	const sizes = [...new Set(measurements.map(({ rows }) => rows))].sort((a, b) => a - b);
	for (const rows of sizes)
		for (const job of jobs) {
			const rounds = measurements.filter((one) => one.rows === rows && one.job === job);
			if (rounds.length === 0 || apart.includes(job)) continue;
			lines.push(lineOf(rows.toLocaleString('en'), job, rounds, ({ ms }) => ms));
			const slowest = slowestOf[job];
			if (slowest) lines.push(lineOf('', slowest, rounds, ({ slowestMs }) => slowestMs ?? {}));
		}
	const floors = sizes.flatMap((rows) => {
		const imports = measurements.filter((one) => one.rows === rows && one.job === 'import');
		return imports.length > 0 ? [floorLine(rows, imports)] : [];
	});
	const blocks = measurements.flatMap(blocksLine);
	const stages = sizes.flatMap((rows) => stagesLine(rows, measurements));
	const security = sizes.flatMap((rows) => securityLine(rows, measurements));
	return [table([heads, ...lines]), '', ...floors, ...stages, ...security, ...blocks].join('\n');
}

function lineOf(
	rows: string,
	job: string,
	rounds: readonly Measurement[],
	times: (round: Measurement) => Partial<Record<Column, number>>,
): string[] {
	const median = (column: Column) =>
		time(spreadOf(rounds.flatMap((round) => times(round)[column] ?? []))?.median);
	const against = (column: Column) =>
		spreadInWords(
			ratios(
				rounds,
				(round) => times(round)[column],
				(round) => times(round).portico,
			),
		);
	return [
		rows,
		job,
		median('portico'),
		median('plain'),
		median('tuned'),
		against('plain'),
		against('tuned'),
	];
}

function floorLine(rows: number, imports: readonly Measurement[]): string {
	const floor = spreadOf(imports.flatMap(({ ms }) => ms.floor ?? []));
	const ratio = ratios(
		imports,
		({ ms }) => ms.portico,
		({ ms }) => ms.floor,
	);
	return `Decoding, parsing and mapping ${rows.toLocaleString('en')} rows alone: ${time(floor?.median)}; Portico's import takes ${spreadInWords(ratio)}`;
}

function stagesLine(rows: number, measurements: readonly Measurement[]): string[] {
	const rounds = measurements.flatMap((one) => (one.rows === rows && one.stages) || []);
	const [first] = rounds;
	if (!first) return [];
	const costs = (Object.keys(first) as (keyof typeof first)[]).map((name) => {
		const median = spreadOf(rounds.map((one) => one[name]))?.median ?? 0;
		return `${name} ${time(Math.max(0, median))}`;
	});
	return [`Stages of an import of ${rows.toLocaleString('en')}: ${costs.join(', ')}`];
}

function securityLine(rows: number, measurements: readonly Measurement[]): string[] {
	const rounds = measurements.flatMap((one) => (one.rows === rows && one.security) || []);
	if (rounds.length === 0) return [];
	const median = (of: (round: SecurityCosts) => number) => time(spreadOf(rounds.map(of))?.median);
	const both = (job: 'open' | 'backup') =>
		`${job} ${median((one) => one[job].sealed)}, unsealed ${median((one) => one[job].unsealed)}: ` +
		spreadInWords(
			ratios(
				rounds,
				(one) => one[job].sealed,
				(one) => one[job].unsealed,
			),
		);
	return [
		`Security at ${rows.toLocaleString('en')}: ${both('open')}; ${both('backup')}; ` +
			`first passphrase ${median((one) => one.protect)}, unlock ${median((one) => one.unlock)}, ` +
			`lock ${median((one) => one.lock)}`,
	];
}

function blocksLine({ rows, round, blocks }: Measurement): string[] {
	if (!blocks) return [];
	const { idle, importing } = blocks;
	const task = importing.longTasks === 0 ? 'none over 50 ms' : time(importing.longestTaskMs);
	return [
		`Page while ${rows.toLocaleString('en')} come in (round ${round}): longest task ${task}, ` +
			`gap ${time(importing.longestGapMs)}, frame ${time(importing.longestFrameMs)}; ` +
			`idle: gap ${time(idle.longestGapMs)}, frame ${time(idle.longestFrameMs)}`,
	];
}

export function verdicts(judged: readonly Judged[]): string {
	return judged
		.map(({ words, measured, isMet }) => `${isMet ? 'met   ' : 'MISSED'}  ${words}: ${measured}`)
		.join('\n');
}
