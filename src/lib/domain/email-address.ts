import { correctedDomain, mayHaveMistypedDomain } from './mistyped-domain.ts';

/** The longest address that SMTP can carry: a path of 256 octets less its brackets (RFC 5321, 4.5.3.1.3). */
const longest = 254;

/**
 * "Valid e-mail address" of the HTML standard, with at least one dot in the domain:
 * https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address
 */
const grammar =
	/^[a-z\d.!#$%&'*+/=?^_`{|}~-]+@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;

/** The same with letters of any script, as internationalised mail allows (RFC 6531, RFC 6532). */
const internationalGrammar =
	/^[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]+@(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;

/** Letters of a script that count as drawn blank: they pass for letters and show nothing. */
const blankLetters = /[\u115f\u1160\u3164\uffa0]/;

// eslint-disable-next-line no-control-regex -- the whole of ASCII is meant
const ascii = /^[\x00-\x7f]*$/;

/** Whether mail can go to `text` as it stands; blanks around it count against it. */
export function isEmailAddress(text: string): boolean {
	if (text.length > longest || text.length < 5) return false;
	if (grammar.test(text)) return true;
	return !ascii.test(text) && internationalGrammar.test(text) && !blankLetters.test(text);
}

/** Already trimmed, ASCII and lower case: most addresses, and no new string is made for them. */
const isNormal = /^[!-@[-~]*$/;

/** The form in which two addresses of one inbox are equal: trimmed, NFC, lower case. */
export function normaliseEmailAddress(text: string): string {
	return isNormal.test(text) ? text : text.trim().normalize('NFC').toLowerCase();
}

/** Marks that do not belong where they stand: doubled dots, a comma, a blank, a dot or @ at an edge. */
const strayMarks = /\.\.|[,\s]|^\.|[.@]@|@\.|\.$/;

/** The address that was probably meant, or '' when `text` shows no usual slip. */
export function looksMistyped(text: string): string {
	const trimmed = text.trim();
	// With a slip or two more than the longest there is; a longer text is none, and would take long.
	if (trimmed.length > longest + 66) return '';
	const hasStrayMarks = strayMarks.test(trimmed);
	if (!hasStrayMarks && !mayHaveMistypedDomain(trimmed)) return '';
	const tidy = hasStrayMarks ? withoutStrayMarks(trimmed) : trimmed;
	const at = tidy.lastIndexOf('@');
	if (at < 1) return '';
	const domain = tidy.slice(at + 1).toLowerCase();
	const corrected = correctedDomain(domain);
	if (corrected === domain && !hasStrayMarks) return '';
	const suggestion = `${tidy.slice(0, at)}@${corrected}`;
	return isEmailAddress(suggestion) ? suggestion : '';
}

function withoutStrayMarks(text: string): string {
	return text
		.replace(/\s+/g, '')
		.replace(/,/g, '.')
		.replace(/@{2,}/g, '@')
		.replace(/\.{2,}/g, '.')
		.replace(/^\.|\.$/g, '')
		.replace(/\.?@\.?/, '@');
}

const latin = /\p{Script=Latin}/u;
/** Scripts that UTS 39 ("highly restrictive") lets stand beside Latin, and what belongs to no script. */
const besideLatin =
	/^[\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}\p{Script=Common}\p{Script=Inherited}]*$/u;
const oneOtherScript =
	/^(?:[\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]*|[\p{Script=Greek}\p{Script=Common}\p{Script=Inherited}]*)$/u;
/** Cyrillic and Greek letters that are drawn like Latin ones; a word of nothing else imitates one. */
const imitatesLatin = /^[\d\-._+асеорхуіјѕһԁԛԝьӏвкмнтгпαορνυικτχγη]+$/u;

/** Latin letters outside any ordinary alphabet: phonetic ones, small capitals, the i without its dot. */
const oddLatin = /[\u0131\u0250-\u02af\u1d00-\u1d7f]/;

/**
 * Whether letters of the address pass for others: Latin mixed with Cyrillic or Greek in one part,
 * or a part of the domain made only of letters that look Latin.
 * See https://www.unicode.org/reports/tr39/#Restriction_Level_Detection
 */
export function hasLookAlikeLetters(text: string): boolean {
	if (ascii.test(text)) return false;
	if (oddLatin.test(text) || text.normalize('NFKC') !== text.normalize('NFC')) return true;
	const at = text.lastIndexOf('@');
	const labels = text
		.slice(at + 1)
		.toLowerCase()
		.split('.');
	if (mixesScripts(text.slice(0, Math.max(at, 0)))) return true;
	const hasLatinEnding = ascii.test(labels.at(-1) ?? '');
	return labels.some(
		(label) =>
			mixesScripts(label) || (hasLatinEnding && !ascii.test(label) && imitatesLatin.test(label)),
	);
}

function mixesScripts(part: string): boolean {
	if (ascii.test(part) || besideLatin.test(part)) return false;
	return (
		latin.test(part) ||
		(/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(part) && !oneOtherScript.test(part))
	);
}
