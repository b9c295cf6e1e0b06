import { parseArgs } from 'node:util';

/** What is done in the list of clients, one after the other on one page. */
export const listJobs = [
	'list-search',
	'list-sort',
	'list-filter',
	'list-select',
	'bulk-edit',
	'bulk-undo',
] as const;
export const jobs = [
	'import',
	'open',
	'report',
	'search',
	...listJobs,
	'queue',
	'blocks',
	'stages',
	'security',
] as const;
export type ListJob = (typeof listJobs)[number];
export type Job = (typeof jobs)[number];

export interface BenchOptions {
	rows: readonly number[];
	rounds: number;
	seed: number;
	only: readonly Job[];
	isMillion: boolean;
	isJson: boolean;
}

export const help = `npm run bench -- [options]
  --rows 1000,10000,100000   sizes of the files
  --rounds 5                 rounds of each size
  --seed 1                   what the files and the order of the ways are made from
  --only import,report       of ${jobs.join(', ')}
  --million                  instead: one import of 1,000,000 rows beside one of 100,000, each round
  --json                     print every measurement as JSON, and nothing else to the standard output`;

/** Reads the command line. Throws an Error that says what is wrong with it. */
export function readOptions(words: readonly string[]): BenchOptions | 'help' {
	const { values } = parseArgs({
		args: [...words],
		options: {
			rows: { type: 'string', default: '1000,10000,100000' },
			rounds: { type: 'string', default: '5' },
			seed: { type: 'string', default: '1' },
			only: { type: 'string', default: jobs.join(',') },
			million: { type: 'boolean', default: false },
			json: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return 'help';
	return {
		rows: values.rows.split(',').map((text) => wholeNumber('--rows', text)),
		rounds: wholeNumber('--rounds', values.rounds),
		seed: wholeNumber('--seed', values.seed),
		only: values.only.split(',').map((text) => {
			const job = jobs.find((known) => known === text.trim());
			if (!job) throw new Error(`--only knows ${jobs.join(', ')}, not '${text}'`);
			return job;
		}),
		isMillion: values.million,
		isJson: values.json,
	};
}

function wholeNumber(name: string, text: string): number {
	const number = Number(text.replace(/_/g, ''));
	if (!Number.isSafeInteger(number) || number < 1)
		throw new Error(`${name} takes whole numbers from 1, not '${text}'`);
	return number;
}
