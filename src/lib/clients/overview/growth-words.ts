import { dateInWords } from '$lib/domain/date-in-words.ts';
import type { Growth, GrowthPoint, GrowthUnit } from '$lib/domain/growth.ts';

/** What the first column of the table counts by. */
export const unitWords: Record<GrowthUnit, string> = {
	day: 'Day',
	week: 'Week from',
	month: 'Month',
};

/** "3 May 2026", or "May 2026" for a month. */
export function pointInWords({ from }: GrowthPoint, unit: GrowthUnit): string {
	const day = dateInWords(from);
	return unit === 'month' ? day.replace(/^\d+ /, '') : day;
}

/** As short as an axis has room for: "3 May", or "May 26" for a month. */
export function pointOnAxis({ from }: GrowthPoint, unit: GrowthUnit): string {
	const [day = '', month = '', year = ''] = dateInWords(from).split(' ');
	const short = month.slice(0, 3);
	return unit === 'month' ? `${short} ’${year.slice(2)}` : `${day} ${short}`;
}

/** The chart as a sentence, for those who do not see it. */
export function growthInWords({ unit, points }: Growth): string {
	const first = points[0];
	const last = points.at(-1);
	if (!first || !last) return '';
	const [from, to] = [first, last].map(
		(point) => `${unit === 'week' ? 'the week of ' : ''}${pointInWords(point, unit)}`,
	);
	return `From ${from} to ${to}: invited ${change(first.invited, last.invited)}, joined ${change(first.joined, last.joined)}.`;
}

function change(before: number, after: number): string {
	const words = (count: number) => count.toLocaleString('en');
	if (before === after) return `stayed at ${words(after)}`;
	return `rose from ${words(before)} to ${words(after)}`;
}
