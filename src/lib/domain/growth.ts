/** How long one point of the chart stands for. */
export type GrowthUnit = 'day' | 'week' | 'month';

export interface GrowthPoint {
	/** From here, at midnight on the device's calendar, to the next point; epoch milliseconds. */
	from: number;
	/** All who were invited, and who had joined, by the end of it. */
	invited: number;
	joined: number;
}

/** Invited and joined over time, counted up: no value is below the one before. */
export interface Growth {
	unit: GrowthUnit;
	/** At least two; oldest first. What is older than the first is in it. */
	points: readonly GrowthPoint[];
}

const dayMs = 24 * 60 * 60_000;
/** So many points are still told apart on a small chart, and read in a table. */
const mostPoints = 36;

/**
 * Counts up when clients were invited and when they joined (epoch milliseconds, in any order), by the
 * day, week or month that suits the span. Undefined when there is nothing to show. The last point ends
 * at `now` with all of them, those included whom a clock that was wrong put later.
 */
export function growthOf(
	invitedAts: readonly number[],
	joinedAts: readonly number[],
	now: number,
): Growth | undefined {
	if (invitedAts.length + joinedAts.length === 0) return undefined;
	const first = Math.min(earliest(invitedAts), earliest(joinedAts), now);
	const unit = unitFor(now - first);
	const starts = startsOf(first, now, unit);
	const invited = countInto(starts, invitedAts);
	const joined = countInto(starts, joinedAts);
	let invitedSum = 0;
	let joinedSum = 0;
	const points = starts.map((from, index) => {
		invitedSum += invited[index] ?? 0;
		joinedSum += joined[index] ?? 0;
		return { from, invited: invitedSum, joined: joinedSum };
	});
	return { unit, points };
}

function unitFor(spanMs: number): GrowthUnit {
	if (spanMs < 21 * dayMs) return 'day';
	return spanMs < 26 * 7 * dayMs ? 'week' : 'month';
}

/** `Math.min(...times)` would put 100,000 arguments on the stack. A time that nobody knows is 0. */
function earliest(times: readonly number[]): number {
	let first = Infinity;
	for (const at of times) if (at > 0 && at < first) first = at;
	return first;
}

/** From the point before the first event, so that the line has somewhere to come from, to `now`. */
function startsOf(first: number, now: number, unit: GrowthUnit): number[] {
	const starts = [startOf(now, unit, 0)];
	while (starts.length < mostPoints) {
		const isCovered = (starts[0] ?? 0) <= first;
		starts.unshift(startOf(now, unit, starts.length));
		if (isCovered) break;
	}
	return starts;
}

/** Midnight at which the unit `back` units before the one of `at` begins. By the calendar: days have 23 to 25 hours. */
function startOf(at: number, unit: GrowthUnit, back: number): number {
	const date = new Date(at);
	const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
	switch (unit) {
		case 'day':
			return new Date(year, month, day - back).getTime();
		case 'week':
			return new Date(year, month, day - ((date.getDay() + 6) % 7) - 7 * back).getTime();
		case 'month':
			return new Date(year, month - back, 1).getTime();
	}
}

function countInto(starts: readonly number[], times: readonly number[]): number[] {
	const counts = starts.map(() => 0);
	for (const at of times) {
		const index = lastNotAfter(starts, at);
		counts[index] = (counts[index] ?? 0) + 1;
	}
	return counts;
}

/** Index of the last start that is not after `at`; 0 for what is older than all of them. */
function lastNotAfter(starts: readonly number[], at: number): number {
	let low = 0;
	let high = starts.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((starts[middle] ?? 0) <= at) low = middle;
		else high = middle - 1;
	}
	return low;
}
