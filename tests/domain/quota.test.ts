import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCountAhead, quotaLeft, withTry } from '../../src/lib/domain/quota.ts';
import { planOverDays, plannedTimes } from '../../src/lib/domain/send-plan.ts';
import { defaultSettings } from '../../src/lib/domain/settings.ts';
import { fromSeed } from '../support/seed.ts';

const none = defaultSettings.outbox;
const at = (day: number, hour = 12) => new Date(2026, 4, day, hour).getTime();
const tried = (count: number, now: number) => {
	let status = none;
	for (let i = 0; i < count; i++) status = withTry(status, now);
	return status;
};

describe('what is left of a quota', () => {
	test('without a limit there is no end of it', () => {
		const limits = { messagesPerDay: 0, messagesPerMonth: 0 };
		expect(quotaLeft(limits, tried(999, at(4)), at(4))).toEqual({
			inDay: Infinity,
			inMonth: Infinity,
			now: Infinity,
			usedUp: '',
			freshAt: 0,
		});
	});

	test('a day ends at midnight of the device, a month on its last day', () => {
		const limits = { messagesPerDay: 3, messagesPerMonth: 5 };
		expect(quotaLeft(limits, tried(2, at(4)), at(4, 23))).toMatchObject({ inDay: 1, inMonth: 3 });
		const used = tried(3, at(4));
		expect(quotaLeft(limits, used, at(4, 23))).toMatchObject({
			now: 0,
			usedUp: 'day',
			freshAt: at(5, 0),
		});
		expect(quotaLeft(limits, used, at(5, 0))).toMatchObject({ now: 2, usedUp: '' });
		const spent = withTry(withTry(used, at(5)), at(5));
		expect(quotaLeft(limits, spent, at(30))).toMatchObject({
			usedUp: 'month',
			freshAt: new Date(2026, 5, 1).getTime(),
		});
		expect(quotaLeft(limits, spent, new Date(2026, 5, 1).getTime()).now).toBe(3);
	});

	test('a clock that is put back makes no room, and stalls nothing for ever', () => {
		const limits = { messagesPerDay: 3, messagesPerMonth: 0 };
		const ahead = tried(3, at(20));
		expect(isCountAhead(ahead, at(4))).toBe(true);
		expect(quotaLeft(limits, ahead, at(4))).toMatchObject({ now: 0, freshAt: at(5, 0) });
		const taken = { ...ahead, lastSentAt: at(4) };
		expect(quotaLeft(limits, taken, at(4)).now).toBe(0);
		expect(quotaLeft(limits, taken, at(5)).now).toBe(3);
	});
});

describe('a batch over several days', () => {
	test('all at once where the quota allows', () => {
		const limits = { messagesPerDay: 0, messagesPerMonth: 0 };
		expect(planOverDays(441, limits, none, at(4))).toEqual([{ at: at(4), count: 441 }]);
		expect(planOverDays(0, limits, none, at(4))).toEqual([]);
	});

	test('the rest leaves on the mornings that follow, after what waits already', () => {
		const limits = { messagesPerDay: 200, messagesPerMonth: 0 };
		expect(planOverDays(441, limits, tried(50, at(4)), at(4), 100)).toEqual([
			{ at: at(4), count: 50 },
			{ at: at(5, 9), count: 200 },
			{ at: at(6, 9), count: 191 },
		]);
	});

	test('a month that is used up goes on with the next', () => {
		const limits = { messagesPerDay: 100, messagesPerMonth: 150 };
		const plan = planOverDays(200, limits, none, at(30));
		expect(plan).toEqual([
			{ at: at(30), count: 100 },
			{ at: at(31, 9), count: 50 },
			{ at: new Date(2026, 5, 1, 9).getTime(), count: 50 },
		]);
	});

	test('every message has its time, in the order of the batch', () => {
		const plan = [
			{ at: at(4), count: 2 },
			{ at: at(5, 9), count: 1 },
		];
		const timeOf = plannedTimes(plan, at(4));
		expect([0, 1, 2, 3].map(timeOf)).toEqual([0, 0, at(5, 9), at(5, 9)]);
		expect(plannedTimes([], at(4))(7)).toBe(0);
	});

	test('whatever the quota, all are planned, no day takes too many, and later days come later', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 300 }),
				fc.integer({ min: 0, max: 40 }),
				fc.integer({ min: 0, max: 120 }),
				fc.integer({ min: 0, max: 60 }),
				fc.integer({ min: 0, max: 50 }),
				(count, messagesPerDay, messagesPerMonth, before, waiting) => {
					const limits = { messagesPerDay, messagesPerMonth };
					const status = tried(before, at(17));
					const plan = planOverDays(count, limits, status, at(17), waiting);
					expect(plan.reduce((sum, day) => sum + day.count, 0)).toBe(count);
					let counted = status;
					let last = 0;
					for (const day of plan) {
						expect(day.at).toBeGreaterThan(last);
						last = day.at;
						for (let i = 0; i < day.count; i++) {
							expect(quotaLeft(limits, counted, day.at).now).toBeGreaterThan(0);
							counted = withTry(counted, day.at);
						}
					}
				},
			),
			fromSeed(200),
		);
	});
});
