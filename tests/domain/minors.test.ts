import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { minorTest, soonInDays, turns18SoonTest } from '../../src/lib/domain/minors.ts';
import { fromSeed } from '../support/seed.ts';

const noon = (year: number, month: number, day: number) => new Date(year, month - 1, day, 12);
const born = (dateOfBirth: string, isDeceased = false) => ({
	dateOfBirth,
	isDeceased,
	kind: 'adult' as const,
});

test.each([
	['18 today', '2008-11-23', false],
	['18 tomorrow', '2008-11-24', true],
	['18 on the ninetieth day', '2009-02-21', true],
	['18 a day later', '2009-02-22', false],
	['without a date of birth', '', false],
	['with words for one', 'in spring', false],
])('a client who is %s', (_words, dateOfBirth, isSoon) => {
	const turns18Soon = turns18SoonTest(noon(2026, 11, 23).getTime());
	expect(turns18Soon(born(dateOfBirth))).toBe(isSoon);
	expect(turns18Soon(born(dateOfBirth, true))).toBe(false);
});

test('who was born on 29 February comes of age on 1 March', () => {
	const isSoon = (month: number, day: number) =>
		turns18SoonTest(noon(2026, month, day).getTime())(born('2008-02-29'));
	expect([isSoon(2, 27), isSoon(2, 28), isSoon(3, 1)]).toEqual([true, true, false]);
});

test('who turns 18 soon is a minor today and an adult on the last of the days', () => {
	const day = fc.date({ min: noon(2000, 1, 1), max: noon(2040, 1, 1), noInvalidDate: true });
	fc.assert(
		fc.property(day, fc.integer({ min: -200, max: 200 }), (at, days) => {
			const birth = new Date(at.getFullYear() - 18, at.getMonth(), at.getDate() + days, 12);
			const two = (part: number) => String(part).padStart(2, '0');
			const client = born(
				`${birth.getFullYear()}-${two(birth.getMonth() + 1)}-${two(birth.getDate())}`,
			);
			const last = new Date(at);
			last.setDate(at.getDate() + soonInDays);
			const isExpected = minorTest(at.getTime())(client) && !minorTest(last.getTime())(client);
			expect(turns18SoonTest(at.getTime())(client)).toBe(isExpected);
		}),
		fromSeed(500),
	);
});
