import type { OutboxStatus } from './settings/outbox.ts';
import type { RelaySettings } from './settings/relay.ts';

/** Clocks are set right by a little all the time; no undo window is longer. */
export const clockSlackMs = 60_000;

export type QuotaLimits = Pick<RelaySettings, 'messagesPerDay' | 'messagesPerMonth'>;
export type QuotaTries = Pick<OutboxStatus, 'lastSentAt' | 'triesInDay' | 'triesInMonth'>;

/** What is left of a relay's quota; Infinity where it has none. Attempts count, whatever became of them. */
export interface QuotaLeft {
	inDay: number;
	inMonth: number;
	/** The smaller of the two: so many may leave now. */
	now: number;
	/** Which of them is used up; the month, where both are. */
	usedUp: 'day' | 'month' | '';
	/** When there is some again, epoch milliseconds; 0 while there is. */
	freshAt: number;
}

/** Counted by the device's calendar. `now` in epoch milliseconds. */
export function quotaLeft(limits: QuotaLimits, status: QuotaTries, now: number): QuotaLeft {
	const tries = triesSoFar(status, now);
	const inDay = leftOf(limits.messagesPerDay, tries.inDay);
	const inMonth = leftOf(limits.messagesPerMonth, tries.inMonth);
	const usedUp = inMonth === 0 ? 'month' : inDay === 0 ? 'day' : '';
	const freshAt = usedUp === 'month' ? nextMonth(now) : usedUp === 'day' ? nextDay(now) : 0;
	return { inDay, inMonth, now: Math.min(inDay, inMonth), usedUp, freshAt };
}

/** The status with one more attempt, made now. */
export function withTry<Status extends QuotaTries>(status: Status, now: number): Status {
	const { inDay, inMonth } = triesSoFar(status, now);
	return { ...status, lastSentAt: now, triesInDay: inDay + 1, triesInMonth: inMonth + 1 };
}

/**
 * Whether a clock that was ahead has written the count: it must be taken over to today, or a quota
 * that is used up would stay so until that day comes.
 */
export function isCountAhead({ lastSentAt }: QuotaTries, now: number): boolean {
	return lastSentAt > now;
}

function triesSoFar({ lastSentAt, triesInDay, triesInMonth }: QuotaTries, now: number) {
	const last = new Date(lastSentAt);
	const today = new Date(now);
	const isSameMonth =
		last.getFullYear() === today.getFullYear() && last.getMonth() === today.getMonth();
	const isSameDay = isSameMonth && last.getDate() === today.getDate();
	// A count from the future is today's: a clock put back must not make room for more.
	const isAhead = lastSentAt > now;
	return {
		inDay: isSameDay || isAhead ? triesInDay : 0,
		inMonth: isSameMonth || isAhead ? triesInMonth : 0,
	};
}

function leftOf(limit: number, tries: number): number {
	return limit > 0 ? Math.max(limit - tries, 0) : Infinity;
}

function nextDay(now: number): number {
	const date = new Date(now);
	return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
}

function nextMonth(now: number): number {
	const date = new Date(now);
	return new Date(date.getFullYear(), date.getMonth() + 1, 1).getTime();
}
