import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onFreshPage } from './browser.ts';
import type { Judged } from './expectations.ts';
import { spreadInWords, spreadOf } from './figures.ts';
import { peakOf, startPeak } from './memory.ts';

/** One import of Portico's, with the largest renderer's memory: resident MB before, and at its peak. */
export interface LargeImport {
	rows: number;
	round: number;
	ms: number;
	beforeMb: number;
	peakMb: number;
	checksum: string;
}

export async function importLarge(plan: {
	rows: number;
	round: number;
	file: string;
	folder: string;
	url: string;
}): Promise<LargeImport> {
	const { rows, round, file } = plan;
	const profile = mkdtempSync(join(plan.folder, 'profile-'));
	try {
		return await onFreshPage(profile, plan.url, async (page) => {
			await page.setInputFiles('input', file);
			const beforeMb = startPeak(profile);
			const { ms, checksum } = await page.evaluate(() => bench.take('portico'));
			return { rows, round, ms, checksum, beforeMb, peakMb: peakOf(profile) };
		});
	} finally {
		rmSync(profile, { recursive: true, force: true });
	}
}

/** Judges the linearity: each round's import of the large file against its import of the small one. */
export function judgeLarge(
	imports: readonly LargeImport[],
	small: number,
	large: number,
): Judged[] {
	const ratio = spreadOf(
		imports
			.filter((one) => one.rows === large)
			.flatMap(({ round, ms }) => {
				const other = imports.find((one) => one.rows === small && one.round === round);
				return other ? [ms / other.ms] : [];
			}),
	);
	const peak = spreadOf(imports.filter((one) => one.rows === large).map(({ peakMb }) => peakMb));
	const [from, to] = [small.toLocaleString('en'), large.toLocaleString('en')];
	return [
		{
			words: `import of ${to} at most 12 × that of ${from}`,
			measured: spreadInWords(ratio),
			isMet: (ratio?.median ?? Infinity) <= 12,
		},
		{
			words: `import of ${to} within 600 MB (the renderer process's peak resident memory, code included)`,
			measured: spreadInWords(peak, 'MB'),
			isMet: (peak?.most ?? Infinity) <= 600 && (peak?.least ?? 0) > 0,
		},
	];
}
