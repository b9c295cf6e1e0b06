import type { Message } from '$lib/domain/message.ts';
import { isWaiting } from './open-messages.ts';

const minuteMs = 60_000;
/** Fewer answers than this tell nothing about the next. */
const fewest = 3;

/** How fast a run goes, by what was settled in its last minute. */
export interface Pace {
	perMinute: number;
	/** Until the last of those that wait has left, milliseconds. */
	leftMs: number;
}

/**
 * The pace of the run that began at `since`; undefined while too few have been settled to tell.
 * Times are epoch milliseconds.
 */
export function paceOf(messages: readonly Message[], since: number, now: number): Pace | undefined {
	const from = Math.max(since, now - minuteMs);
	let settled = 0;
	let waiting = 0;
	let first = now;
	for (const message of messages) {
		if (isWaiting(message)) waiting++;
		const { state, settledAt } = message;
		if (state === 'cancelled' || settledAt <= from || settledAt > now) continue;
		settled++;
		first = Math.min(first, settledAt);
	}
	const passedMs = now - first;
	if (settled < fewest || waiting === 0 || passedMs < 1_000) return undefined;
	const perMs = settled / passedMs;
	return { perMinute: Math.max(1, Math.round(perMs * minuteMs)), leftMs: waiting / perMs };
}

/** "40 a minute, about 3 minutes left" */
export function paceInWords({ perMinute, leftMs }: Pace): string {
	return `${perMinute.toLocaleString('en')} a minute, ${leftInWords(leftMs)} left`;
}

function leftInWords(leftMs: number): string {
	const minutes = Math.round(leftMs / minuteMs);
	if (leftMs < 50_000) return 'less than a minute';
	if (minutes < 90) return `about ${counted(Math.max(minutes, 1), 'minute')}`;
	return `about ${counted(Math.round(minutes / 60), 'hour')}`;
}

function counted(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
