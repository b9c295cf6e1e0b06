import { departureInWords, queuedInWords } from '$lib/invitations/departure.ts';
import { expect, test } from 'vitest';

const now = new Date(2026, 4, 4, 14).getTime(); // a Monday
const morning = (day: number) => new Date(2026, 4, 4 + day, 9).getTime();
const departure = {
	hindrance: 'none',
	people: 441,
	undoWindowMs: 10_000,
	resumeAt: 0,
	now,
} as const;
const overDays = [
	{ at: now, count: 200 },
	{ at: morning(1), count: 200 },
	{ at: morning(2), count: 41 },
];

test('what is more than the quota is told day by day, before and after', () => {
	const words =
		'They leave over several days, within the quota: 200 today, 200 tomorrow, 41 on Wednesday.';
	expect(departureInWords({ ...departure, plan: overDays })).toBe(words);
	expect(queuedInWords({ ...departure, plan: overDays })).toBe(
		`441 invitations are queued. ${words}`,
	);
});

test('a set time is told, and no other departure is promised', () => {
	const plan = [{ at: morning(1), count: 1 }];
	expect(departureInWords({ ...departure, people: 1, plan })).toBe('It leaves tomorrow, 09:00.');
	expect(departureInWords({ ...departure, people: 1, plan, hindrance: 'offline' })).toBe(
		'It leaves tomorrow, 09:00. This device is offline, and must be online by then.',
	);
});
