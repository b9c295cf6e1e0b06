import { clockTime, dateInWords } from '$lib/domain/date-in-words.ts';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** "3 May 2026, 14:05" */
export function exactTime(at: number): string {
	return `${dateInWords(at)}, ${clockTime(at)}`;
}

/** The first millisecond of the day that `now` is in, on the device's calendar. */
export function startOfDay(now: number): number {
	return new Date(now).setHours(0, 0, 0, 0);
}

/** "just now", "5 minutes ago", "today 09:12", "yesterday 09:12", "3 May 2026". */
export function timeAgo(at: number, now: number): string {
	const today = startOfDay(now);
	const passed = now - at;
	if (passed < 0) return exactTime(at);
	if (passed < minuteMs) return 'just now';
	if (passed < hourMs) return counted(Math.floor(passed / minuteMs), 'minute', 'ago');
	if (at >= today) return `today ${clockTime(at)}`;
	if (at >= startOfDay(today - hourMs)) return `yesterday ${clockTime(at)}`;
	return dateInWords(at);
}

/** "in 8 s", "in 3 minutes", "at 16:20", or the day when it is another one. */
export function timeAhead(at: number, now: number): string {
	const left = at - now;
	if (left <= 0) return 'now';
	if (left < minuteMs) return `in ${Math.ceil(left / secondMs)} s`;
	if (left < hourMs) return `in ${counted(Math.ceil(left / minuteMs), 'minute')}`;
	return startOfDay(at) === startOfDay(now) ? `at ${clockTime(at)}` : `on ${exactTime(at)}`;
}

/** "until 14:05", "until tomorrow, 09:00", "until 5 May 2026, 09:00". */
export function untilInWords(at: number, now: number): string {
	const day = startOfDay(at);
	if (day === startOfDay(now)) return `until ${clockTime(at)}`;
	// Noon of the day before is in that day whatever the clock was put forward or back by.
	const isTomorrow = startOfDay(day - 12 * hourMs) === startOfDay(now);
	return isTomorrow ? `until tomorrow, ${clockTime(at)}` : `until ${exactTime(at)}`;
}

function counted(count: number, noun: string, after = ''): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}${after && ` ${after}`}`;
}
