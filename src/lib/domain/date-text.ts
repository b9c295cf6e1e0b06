/** How `05/08/1989` is meant. */
export type DateOrder = 'month-first' | 'day-first';

/** What a cell says as a date. `ambiguous`: which number is the month was neither chosen nor evident. */
export type DateReading =
	{ kind: 'date'; date: string } | { kind: 'ambiguous' } | { kind: 'unreadable' };

const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\s*\d.*)?$/;
const joined = /^(\d{4})(\d{2})(\d{2})$/;
const yearLast = /^(\d{1,2})([-/. ])(\d{1,2})[-/. ](\d{4}|\d{2})(?:[ ,T]+\d.*)?$/;
const worded =
	/^(?:\p{L}+\.?,? )?(?:(\d{1,2})(?:st|nd|rd|th|er|º|°)?[-. ]+(?:de )?(\p{L}{3,})|(\p{L}{3,})\.?[- ]+(\d{1,2})(?:st|nd|rd|th)?)[-,. ]+(?:de )?(\d{4}|\d{2})(?:[ ,]+\d.*)?$/iu;
/** By their first letters, without accents: in English, German, French, Spanish, Italian and Dutch. */
const months =
	'jan,ene,gen feb,fev mar,mae,maa,mrz apr,avr,abr may,mai,mag,mei jun,juin,giu jul,juil,lug aug,aou,ago sep,set oct,okt,ott nov dec,dez,dic'
		.split(' ')
		.map((names) => names.split(','));

/** The month that a word begins; 0 for none. */
function monthOf(word: string): number {
	const plain = word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
	// "juin" and "juillet" differ in their fourth letter only.
	const start = plain.startsWith('jui') ? plain.slice(0, 4) : plain.slice(0, 3);
	return months.findIndex((names) => names.includes(start)) + 1;
}

const unreadable: DateReading = { kind: 'unreadable' };
const ambiguous: DateReading = { kind: 'ambiguous' };

/** No date is longer, with its weekday, time and zone. */
const longestDate = 80;

/**
 * Reads a date to ISO 8601 (`yyyy-mm-dd`); a time of day after it is dropped. Two-digit years are
 * the latest that is neither after `thisYear` nor makes a date after `today` (ISO, where it is given).
 * With an order, a date that contradicts it is unreadable.
 */
export function readDate(
	text: string,
	order: DateOrder | '',
	thisYear: number,
	today = '',
): DateReading {
	const trimmed = text.trim();
	if (trimmed.length > longestDate) return unreadable;
	if (trimmed.length === 10) {
		const plain = readTenCharacters(trimmed, order);
		if (plain) return plain;
	}
	const iso = yearFirst.exec(trimmed) ?? joined.exec(trimmed);
	if (iso) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
	const numeric = yearLast.exec(trimmed);
	if (numeric) {
		const [first, second] = [Number(numeric[1]), Number(numeric[3])];
		const known = order || evidentOrder(numeric[2] ?? '', first, second);
		if (known === '' && first !== second) return ambiguous;
		const [month, day] = known === 'day-first' ? [second, first] : [first, second];
		return dateInYear(numeric[4] ?? '', month, day, thisYear, today);
	}
	const named = worded.exec(trimmed);
	if (!named) return unreadable;
	const month = monthOf(named[2] ?? named[3] ?? '');
	return dateInYear(named[5] ?? '', month, Number(named[1] ?? named[4]), thisYear, today);
}

/** The date of a year written with four digits or two; a century back if it were after `today`. */
function dateInYear(
	text: string,
	month: number,
	day: number,
	thisYear: number,
	today: string,
): DateReading {
	const year = fullYear(text, thisYear);
	const reading = dateOf(year, month, day);
	const isFuture = reading.kind === 'date' && today !== '' && reading.date > today;
	return isFuture && text.length === 2 ? dateOf(year - 100, month, day) : reading;
}

/** `yyyy-mm-dd` and `mm/dd/yyyy` without an expression: they fill whole columns of large files. */
function readTenCharacters(text: string, order: DateOrder | ''): DateReading | undefined {
	if (text[4] === '-' && text[7] === '-')
		return dateOf(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2), text);
	const separator = text[2];
	if ((separator !== '/' && separator !== '-' && separator !== '.') || text[5] !== separator)
		return undefined;
	const first = digits(text, 0, 2);
	const second = digits(text, 3, 2);
	const year = digits(text, 6, 4);
	const known = order || evidentOrder(separator, first, second);
	if (known === 'day-first') return dateOf(year, second, first);
	return known === 'month-first' || first === second ? dateOf(year, first, second) : ambiguous;
}

/** The number that `count` digits of the text make; -1 where one of them is none. */
function digits(text: string, from: number, count: number): number {
	let value = 0;
	for (let at = from; at < from + count; at += 1) {
		const digit = text.charCodeAt(at) - 48;
		if (digit < 0 || digit > 9) return -1;
		value = value * 10 + digit;
	}
	return value;
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
		const match = value.length > longestDate ? null : yearLast.exec(value.trim());
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

/** The order that a column's name states: "DOB (mm/dd/yyyy)". '' when it states none. */
export function orderInName(name: string): DateOrder | '' {
	const found = /\b(mm?|dd?|tt?|jj?)[-/. ](mm?|dd?)[-/. ](?:yy|jj|aa)/i.exec(name);
	if (!found) return '';
	const isMonth = [found[1], found[2]].map((part) => /^m/i.test(part ?? ''));
	if (isMonth[0] === isMonth[1]) return '';
	return isMonth[0] ? 'month-first' : 'day-first';
}

/** Whether the text is a date in any order: to tell values from column names. */
export function looksLikeDate(text: string, thisYear: number): boolean {
	return /\d/.test(text) && readDate(text, '', thisYear).kind !== 'unreadable';
}

function fullYear(text: string, thisYear: number): number {
	const year = Number(text);
	if (text.length === 4) return year;
	const century = thisYear - (thisYear % 100);
	return century + year > thisYear ? century - 100 + year : century + year;
}

function dateOf(year: number, month: number, day: number, iso = ''): DateReading {
	if (year < 1850 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month))
		return unreadable;
	return { kind: 'date', date: iso || `${year}-${two(month)}-${two(day)}` };
}

function two(part: number): string {
	return part < 10 ? `0${part}` : `${part}`;
}

function daysIn(year: number, month: number): number {
	if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
	return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
