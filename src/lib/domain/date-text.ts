/** How `05/08/1989` is meant. */
export type DateOrder = 'month-first' | 'day-first';

/** What a cell says as a date. `ambiguous`: which number is the month was neither chosen nor evident. */
export type DateReading =
	{ kind: 'date'; date: string } | { kind: 'ambiguous' } | { kind: 'unreadable' };

const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\s*\d.*)?$/;
const joined = /^(\d{4})(\d{2})(\d{2})$/;
const yearLast = /^(\d{1,2})([-/. ])(\d{1,2})[-/. ](\d{4}|\d{2})(?:[ ,T]+\d.*)?$/;
const worded =
	/^(?:\p{L}+\.?,? )?(?:(\d{1,2})(?:st|nd|rd|th)?[-. ]+(\p{L}{3,})|(\p{L}{3,})\.?[- ]+(\d{1,2})(?:st|nd|rd|th)?)[-,. ]+(\d{4}|\d{2})(?:[ ,]+\d.*)?$/iu;
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

const unreadable: DateReading = { kind: 'unreadable' };
const ambiguous: DateReading = { kind: 'ambiguous' };

/**
 * Reads a date to ISO 8601 (`yyyy-mm-dd`); a time of day after it is dropped. Two-digit years are
 * the latest that is not after `thisYear`. With an order, a date that contradicts it is unreadable.
 */
export function readDate(text: string, order: DateOrder | '', thisYear: number): DateReading {
	const trimmed = text.trim();
	const iso = yearFirst.exec(trimmed) ?? joined.exec(trimmed);
	if (iso) return calendarDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
	const numeric = yearLast.exec(trimmed);
	if (numeric) {
		const [first, second] = [Number(numeric[1]), Number(numeric[3])];
		const year = fullYear(numeric[4] ?? '', thisYear);
		const known = order || evidentOrder(numeric[2] ?? '', first, second);
		if (known === 'day-first') return calendarDate(year, second, first);
		if (known === 'month-first') return calendarDate(year, first, second);
		return first === second ? calendarDate(year, first, second) : ambiguous;
	}
	const named = worded.exec(trimmed);
	if (!named) return unreadable;
	const month = months.indexOf((named[2] ?? named[3] ?? '').slice(0, 3).toLowerCase()) + 1;
	return calendarDate(fullYear(named[5] ?? '', thisYear), month, Number(named[1] ?? named[4]));
}

/** Dots part day from month wherever they are used, and no month is over 12. */
function evidentOrder(separator: string, first: number, second: number): DateOrder | '' {
	if (separator === '.' || first > 12) return 'day-first';
	return second > 12 ? 'month-first' : '';
}

/**
 * What the dates of one file say of their order: evidence for one, for neither or both
 * ('ambiguous'), or 'either' when none of them needs to know.
 */
export function inferDateOrder(values: Iterable<string>): DateOrder | 'ambiguous' | 'either' {
	let isDayFirst = false;
	let isMonthFirst = false;
	let isOpen = false;
	for (const value of values) {
		const match = yearLast.exec(value.trim());
		if (!match) continue;
		const [first, second] = [Number(match[1]), Number(match[3])];
		const order = evidentOrder(match[2] ?? '', first, second);
		if (order === 'day-first') isDayFirst = true;
		else if (order === 'month-first') isMonthFirst = true;
		else if (first !== second) isOpen = true;
	}
	if (isDayFirst !== isMonthFirst) return isDayFirst ? 'day-first' : 'month-first';
	return isOpen || isDayFirst ? 'ambiguous' : 'either';
}

/** Whether the text is a date in any order: to tell values from column names. */
export function looksLikeDate(text: string, thisYear: number): boolean {
	return /\d/.test(text) && readDate(text, '', thisYear).kind !== 'unreadable';
}

function fullYear(digits: string, thisYear: number): number {
	const year = Number(digits);
	if (digits.length === 4) return year;
	const century = thisYear - (thisYear % 100);
	return century + year > thisYear ? century - 100 + year : century + year;
}

function calendarDate(year: number, month: number, day: number): DateReading {
	if (year < 1850 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month))
		return unreadable;
	const pad = (part: number) => (part < 10 ? `0${part}` : `${part}`);
	return { kind: 'date', date: `${year}-${pad(month)}-${pad(day)}` };
}

function daysIn(year: number, month: number): number {
	if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
	return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
