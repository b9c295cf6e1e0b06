/** The middle of several measurements, and how far they lie apart. */
export interface Spread {
	median: number;
	least: number;
	most: number;
}

export function spreadOf(values: readonly number[]): Spread | undefined {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const [least, most, upper] = [sorted[0], sorted.at(-1), sorted[middle]];
	if (least === undefined || most === undefined || upper === undefined) return undefined;
	const lower = sorted.length % 2 === 0 ? (sorted[middle - 1] ?? upper) : upper;
	return { median: (lower + upper) / 2, least, most };
}

/** Of the ratios of each round: what slows a whole round leaves them as they are. */
export function ratios<Round>(
	rounds: readonly Round[],
	of: (round: Round) => number | undefined,
	to: (round: Round) => number | undefined,
): Spread | undefined {
	return spreadOf(
		rounds.flatMap((round) => {
			const [upper, lower] = [of(round), to(round)];
			return upper === undefined || !lower ? [] : [upper / lower];
		}),
	);
}

const digits = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0));

/** "412 ms", "2.31 s". */
export const time = (ms: number | undefined) =>
	ms === undefined ? '' : ms < 1_000 ? `${digits(ms)} ms` : `${(ms / 1_000).toFixed(2)} s`;

/** "14.2 × (12.9–15.0)". */
export const spreadInWords = (spread: Spread | undefined, unit = '×') =>
	spread ? `${digits(spread.median)} ${unit} (${digits(spread.least)}–${digits(spread.most)})` : '';

/** A table in Markdown, its columns aligned. */
export function table(lines: readonly (readonly string[])[]): string {
	const widths = (lines[0] ?? []).map((_, at) =>
		Math.max(...lines.map((line) => (line[at] ?? '').length)),
	);
	const [head = '', ...rest] = lines.map(
		(line) => `| ${widths.map((width, at) => (line[at] ?? '').padEnd(width)).join(' | ')} |`,
	);
	return [head, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rest].join('\n');
}
