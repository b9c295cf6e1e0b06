import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { practiceChunks, seededRandom } from '../support/practice-file.ts';
import { judge } from './expectations.ts';
import { time } from './figures.ts';
import { importLarge, judgeLarge, type LargeImport } from './million.ts';
import { help, readOptions, type BenchOptions } from './options.ts';
import type { Measurement } from './measurement.ts';
import { runRound } from './round.ts';
import { buildSite, serveSite } from './site.ts';
import { summary, verdicts } from './summary.ts';

const smallSize = 100_000;
const largeSize = 1_000_000;

interface Place {
	folder: string;
	url: string;
}

async function makeFile(
	{ folder }: Place,
	rows: number,
	seed: number,
	isPlain: boolean,
): Promise<string> {
	const path = join(folder, `${isPlain ? 'plain' : 'realistic'}-${rows}.csv`);
	await pipeline(Readable.from(practiceChunks({ rows, seed, isPlain })), createWriteStream(path));
	return path;
}

async function runRounds(options: BenchOptions, place: Place): Promise<void> {
	const random = seededRandom(options.seed);
	const now = Date.now();
	const measurements: Measurement[] = [];
	for (const rows of options.rows) {
		const realistic = await makeFile(place, rows, options.seed, false);
		const plain = await makeFile(place, rows, options.seed, true);
		for (let round = 1; round <= options.rounds; round += 1) {
			const { only } = options;
			const done = await runRound({
				...place,
				...{ rows, round, only, random, now },
				files: { realistic, plain },
			});
			measurements.push(...done);
			for (const { job, ms } of done) {
				const times = Object.entries(ms).map(([way, took]) => `${way} ${time(took)}`);
				console.error(`${rows} rows, round ${round}, ${job}: ${times.join(', ') || 'done'}`);
			}
		}
	}
	const judged = judge(measurements);
	if (options.isJson) console.log(JSON.stringify({ seed: options.seed, measurements, judged }));
	else console.log(`\n${summary(measurements)}\n\n${verdicts(judged)}`);
}

async function runMillion(options: BenchOptions, place: Place): Promise<void> {
	const sizes = [smallSize, largeSize];
	const files = new Map<number, string>();
	for (const rows of sizes) files.set(rows, await makeFile(place, rows, options.seed, false));
	const imports: LargeImport[] = [];
	for (let round = 1; round <= options.rounds; round += 1)
		for (const rows of round % 2 === 0 ? sizes.toReversed() : sizes) {
			const one = await importLarge({ ...place, rows, round, file: files.get(rows) ?? '' });
			imports.push(one);
			console.error(
				`${rows} rows, round ${round}: ${time(one.ms)}, ${one.beforeMb} MB before, ${one.peakMb} MB at most`,
			);
		}
	const judged = judgeLarge(imports, smallSize, largeSize);
	if (options.isJson) console.log(JSON.stringify({ seed: options.seed, imports, judged }));
	else console.log(`\n${verdicts(judged)}`);
}

async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2));
	if (options === 'help') return console.log(help);
	console.error(
		`Seed ${options.seed} (--seed); progress goes here, the table to the standard output.`,
	);
	const folder = mkdtempSync(join(tmpdir(), 'portico-bench-'));
	const clear = () => rmSync(folder, { recursive: true, force: true });
	process.once('exit', clear);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
	const siteFolder = join(folder, 'site');
	mkdirSync(siteFolder);
	await buildSite(siteFolder);
	const site = await serveSite(siteFolder);
	try {
		const run = options.isMillion ? runMillion : runRounds;
		await run(options, { folder, url: site.url });
	} finally {
		site.stop();
		clear();
	}
}

try {
	await main();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}
