import { dateInWords } from './date-in-words.ts';
import { quotaLeft, type QuotaLimits, type QuotaTries } from './quota.ts';
import type { PlannedDay } from './send-plan.ts';

const weekdays = [
	'Sunday',
	'Monday',
	'Tuesday',
	'Wednesday',
	'Thursday',
	'Friday',
	'Saturday',
] as const;

/** "200 today, 200 tomorrow, 41 on Wednesday"; the fourth day and later ones are told together. */
export function planInWords(days: readonly PlannedDay[], now: number): string {
	const shown = days.length > 4 ? days.slice(0, 3) : days;
	const parts = shown.map(({ at, count }) => `${figure(count)} ${dayInWords(at, now)}`);
	const last = days.at(-1);
	if (last && shown.length < days.length) {
		let rest = 0;
		for (const { count } of days.slice(shown.length)) rest += count;
		parts.push(`${figure(rest)} on the days after, until ${dateInWords(last.at)}`);
	}
	return parts.join(', ');
}

/** "today", "tomorrow", "on Wednesday", "on 3 May 2026". */
export function dayInWords(at: number, now: number): string {
	const days = daysBetween(now, at);
	if (days <= 0) return 'today';
	if (days === 1) return 'tomorrow';
	const name = weekdays[new Date(at).getDay()];
	return days < 7 && name ? `on ${name}` : `on ${dateInWords(at)}`;
}

/** "150 of 200 left today, 2,950 of 3,000 left this month"; '' where the relay has no quota. */
export function quotaInWords(limits: QuotaLimits, status: QuotaTries, now: number): string {
	const { inDay, inMonth } = quotaLeft(limits, status, now);
	const parts: string[] = [];
	if (limits.messagesPerDay > 0)
		parts.push(`${figure(inDay)} of ${figure(limits.messagesPerDay)} left today`);
	if (limits.messagesPerMonth > 0)
		parts.push(`${figure(inMonth)} of ${figure(limits.messagesPerMonth)} left this month`);
	return parts.join(', ');
}

/** Whole days of the device's calendar from one moment to the other. */
function daysBetween(from: number, to: number): number {
	const noon = (at: number) => new Date(at).setHours(12, 0, 0, 0);
	return Math.round((noon(to) - noon(from)) / 86_400_000);
}

function figure(count: number): string {
	return count.toLocaleString('en');
}
