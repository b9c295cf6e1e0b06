import {
	getCountryCallingCode,
	parsePhoneNumberFromString,
	type CountryCode,
} from 'libphonenumber-js/min';

/** Writes a telephone number as people read it; what is none stays as it was written. */
export type PhoneReader = (text: string) => string;

/** Numbers of one plan are grouped by their first digits; the others only fill the groups. */
const telling = 6;
const mostPatterns = 20_000;
/** Longer cells hold more than a number. */
const longest = 40;
/** Stands for a digit that is filled in. */
const place = '\u0000';

/**
 * Makes the reader of one file's numbers: those of `country` as they are written there, others with
 * their country code. libphonenumber takes a tenth of a millisecond a number, so it is asked once for
 * each beginning and shape, and never for the way in which most American files write theirs.
 */
export function makePhoneReader(country: CountryCode): PhoneReader {
	const callingCode = getCountryCallingCode(country);
	const isAmerican = callingCode === '1';
	const patterns = new Map<string, string>();

	function written(text: string): string {
		// "00" is how most countries dial what "+" stands for.
		const dialled = !isAmerican && text.startsWith('00') ? `+${text.slice(2)}` : text;
		const number = parsePhoneNumberFromString(dialled, { defaultCountry: country, extract: false });
		if (!number?.isPossible()) return text;
		return number.countryCallingCode === callingCode
			? number.formatNational()
			: number.formatInternational();
	}

	return (text) => {
		if (text === '' || text.length > longest || (isAmerican && isAmericanForm(text))) return text;
		const shape = shapeOf(text);
		if (shape === '') return text;
		const digits = text.replace(/\D/g, '').slice(telling);
		const known = patterns.get(shape);
		if (known !== undefined) return fill(known, digits);
		const result = written(text);
		const pattern = patternOf(result, digits);
		if (pattern !== '' && patterns.size < mostPatterns) patterns.set(shape, pattern);
		return result;
	};
}

/** `(503) 555-0101`, as libphonenumber writes it, with or without an extension. */
function isAmericanForm(text: string): boolean {
	if (text.length < 14 || text[0] !== '(' || text[4] !== ')' || text[5] !== ' ') return false;
	if (text[9] !== '-' || !areDigits(text, 1, 4) || !areDigits(text, 6, 9)) return false;
	if (!areDigits(text, 10, 14)) return false;
	return text.length === 14 || (text.startsWith(' ext. ', 14) && areDigits(text, 20, text.length));
}

function areDigits(text: string, from: number, to: number): boolean {
	for (let at = from; at < to; at += 1) {
		const code = text.charCodeAt(at);
		if (code < 48 || code > 57) return false;
	}
	return to > from;
}

/** The text with its telling digits, and 0 for all others; '' where it has too few to be grouped. */
function shapeOf(text: string): string {
	let shape = '';
	let count = 0;
	for (let at = 0; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		const isDigit = code >= 48 && code <= 57;
		if (isDigit) count += 1;
		shape += isDigit && count > telling ? '0' : text[at];
	}
	return count > telling ? shape : '';
}

/** The result with places for the digits that follow the telling ones; '' where it does not end in them. */
function patternOf(result: string, digits: string): string {
	let pattern = result;
	let left = digits.length;
	for (let at = result.length - 1; at >= 0 && left > 0; at -= 1) {
		const code = result.charCodeAt(at);
		if (code < 48 || code > 57) continue;
		left -= 1;
		if (result[at] !== digits[left]) return '';
		pattern = pattern.slice(0, at) + place + pattern.slice(at + 1);
	}
	return left === 0 ? pattern : '';
}

function fill(pattern: string, digits: string): string {
	let at = 0;
	let text = '';
	for (const mark of pattern) text += mark === place ? digits[at++] : mark;
	return text;
}
