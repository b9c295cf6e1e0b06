import { backupStanding, standingInWords } from '$lib/domain/backup-reminder.ts';
import { expect, test } from 'vitest';

const day = 86_400_000;
const now = 100 * day;
const standing = (madeAt: number, changes: number, clients = 5) =>
	backupStanding({ madeAt, revision: 10 }, { revision: 10 + changes, clients, now });

test.each([
	['without clients nobody is reminded', standing(0, 3, 0), false],
	['without any backup', standing(0, 3), true],
	['an old one and something changed', standing(now - 7 * day, 1), true],
	['an old one and nothing changed', standing(now - 70 * day, 0), false],
	['a young one and little changed', standing(now - 2 * day, 20), false],
	['a young one and very much changed', standing(now - 2 * day, 200), true],
	['one of today, whatever changed', standing(now - 1, 5_000), false],
	['a clock that was set back', standing(now + 3 * day, 5_000), false],
])('%s: due is %s', (_what, { isDue }, expected) => {
	expect(isDue).toBe(expected);
});

test('it is said in words, singular and plural', () => {
	expect(standingInWords(standing(0, 3))).toBe('There is no backup yet.');
	expect(standingInWords(standing(now - 1, 0))).toBe(
		'The last backup is of today; nothing changed since.',
	);
	expect(standingInWords(standing(now - day, 1))).toBe(
		'The last backup is one day old; one change since.',
	);
	expect(standingInWords(standing(now - 9 * day, 1_234))).toBe(
		'The last backup is 9 days old; 1,234 changes since.',
	);
});
