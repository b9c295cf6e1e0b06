import { dayInWords, planInWords, quotaInWords } from '$lib/domain/plan-words.ts';
import { expect, test } from 'vitest';

const now = new Date(2026, 4, 4, 14).getTime(); // a Monday
const morning = (day: number) => new Date(2026, 4, 4 + day, 9).getTime();

test('a plan over days names each day as people do', () => {
	const days = [
		{ at: now, count: 200 },
		{ at: morning(1), count: 200 },
		{ at: morning(2), count: 41 },
	];
	expect(planInWords(days, now)).toBe('200 today, 200 tomorrow, 41 on Wednesday');
});

test('a long plan tells its first days and when the last leave', () => {
	const days = Array.from({ length: 6 }, (_, day) => ({ at: morning(day), count: 1000 }));
	expect(planInWords(days, now)).toBe(
		'1,000 today, 1,000 tomorrow, 1,000 on Wednesday, 3,000 on the days after, until 9 May 2026',
	);
});

test('a day further off than a week has its date', () => {
	expect(dayInWords(morning(6), now)).toBe('on Sunday');
	expect(dayInWords(morning(7), now)).toBe('on 11 May 2026');
});

test('what is left of a quota is told for each that there is', () => {
	const tries = { lastSentAt: now, triesInDay: 50, triesInMonth: 51 };
	expect(quotaInWords({ messagesPerDay: 200, messagesPerMonth: 3000 }, tries, now)).toBe(
		'150 of 200 left today, 2,949 of 3,000 left this month',
	);
	expect(quotaInWords({ messagesPerDay: 0, messagesPerMonth: 0 }, tries, now)).toBe('');
});
