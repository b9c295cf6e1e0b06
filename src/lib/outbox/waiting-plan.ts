import type { Message } from '$lib/domain/message.ts';
import type { QuotaLimits, QuotaTries } from '$lib/domain/quota.ts';
import { type PlannedDay, planOverDays } from '$lib/domain/send-plan.ts';
import { isScheduled } from './outbox-list.ts';
import { startOfDay } from './time-in-words.ts';

/**
 * On which days what waits will leave, by its set times and what is left of the relay's quota; one
 * entry a day of the device's calendar, the soonest first. Empty when nothing is queued.
 */
export function waitingPlan(
	messages: readonly Message[],
	limits: QuotaLimits,
	status: QuotaTries,
	now: number,
): PlannedDay[] {
	let free = 0;
	const byDay = new Map<number, PlannedDay>();
	const add = (at: number, count: number) => {
		const day = startOfDay(at);
		const known = byDay.get(day);
		byDay.set(day, { at: Math.min(known?.at ?? at, at), count: (known?.count ?? 0) + count });
	};
	for (const message of messages) {
		if (message.state !== 'queued' && message.state !== 'sending') continue;
		if (isScheduled(message, now)) add(message.scheduledFor, 1);
		else free++;
	}
	for (const { at, count } of planOverDays(free, limits, status, now)) add(at, count);
	return [...byDay.values()].sort((one, other) => one.at - other.at);
}
