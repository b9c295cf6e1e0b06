import { quotaLeft, type QuotaLimits, type QuotaTries, withTry } from './quota.ts';

/** So many messages that leave from this moment on. */
export interface PlannedDay {
	/** Epoch milliseconds. */
	at: number;
	count: number;
}

/** Nobody gets a letter at midnight because a quota was fresh then. Hour of the device's clock. */
const firstHour = 9;

/**
 * How `count` messages leave within the relay's quota, the first ones now, the others on the days
 * that follow; one entry where all leave at once. `waiting` messages go before them.
 */
export function planOverDays(
	count: number,
	limits: QuotaLimits,
	status: QuotaTries,
	now: number,
	waiting = 0,
): PlannedDay[] {
	const days: PlannedDay[] = [];
	let left = count;
	let before = waiting;
	let tried: QuotaTries = status;
	let at = now;
	while (left > 0) {
		const { now: free, freshAt } = quotaLeft(limits, tried, at);
		const ahead = Math.min(before, free);
		const taken = Math.min(left, free - ahead);
		if (taken > 0) days.push({ at, count: taken });
		before -= ahead;
		left -= taken;
		if (left === 0) break;
		tried = withTries(tried, at, ahead + taken);
		at = morningOf(quotaLeft(limits, tried, at).freshAt || freshAt);
	}
	return days;
}

/**
 * When each message of a batch is planned to leave, by its place in the batch from 0 on; 0 for what
 * leaves as soon as may be. What the plan does not count leaves on its last day.
 */
export function plannedTimes(plan: readonly PlannedDay[], now: number): (index: number) => number {
	const ends: number[] = [];
	for (const { count } of plan) ends.push((ends.at(-1) ?? 0) + count);
	return (index) => {
		const day = ends.findIndex((end) => index < end);
		const at = plan.at(day)?.at ?? 0;
		return at > now ? at : 0;
	};
}

function withTries(status: QuotaTries, now: number, count: number): QuotaTries {
	if (count === 0) return status;
	const tried = withTry(status, now);
	const more = count - 1;
	return {
		...tried,
		triesInDay: tried.triesInDay + more,
		triesInMonth: tried.triesInMonth + more,
	};
}

function morningOf(at: number): number {
	const date = new Date(at);
	return new Date(date.getFullYear(), date.getMonth(), date.getDate(), firstHour).getTime();
}
