import { readAnswer, readKind, readStatus } from './client-words.ts';
import type { ColumnRole } from './column-role.ts';
import { readDate } from './date-text.ts';
import { readLanguage } from './language-tag.ts';

const address = /^[^@]{1,200}@[^@\s]{1,200}\.[^@\s]{1,80}$/u;
const severalAddresses = /@[^@]+@/u;
const phone = /^\+?[\d\s().\-/]{7,24}(?:\s*(?:x|ext\.?)\s*\d{1,6})?$/iu;
const personName =
	/^(?!.*\b(?:street|st|ave|avenue|road|rd|lane|drive|inc|llc|ltd)\b)[\p{L}\p{M}'’.-]+(?:,? [\p{L}\p{M}'’.&-]+){1,4}$/iu;

/** Longer values are notes, and are not looked at in detail. */
const longest = 320;

/** Any year does: only the shape of the date is looked at. */
const isDate = (text: string) =>
	text.length <= 40 && /\d/.test(text) && readDate(text, '', 2100).kind !== 'unreadable';
const isAddress = (text: string) =>
	text.length <= longest && (address.test(text) || severalAddresses.test(text));
const isPhone = (text: string) => phone.test(text) && text.replace(/\D/gu, '').length >= 6;
const isName = (text: string) => text.length <= longest && personName.test(text);
const isAnswerOrDate = (text: string) => readAnswer(text) !== undefined || isDate(text);

/** How the values of a role look; roles that are not named take any text. */
const looks: Partial<Record<ColumnRole, (text: string) => boolean>> = {
	emailAddress: isAddress,
	otherEmailAddress: isAddress,
	contactEmailAddress: isAddress,
	emergencyEmailAddress: isAddress,
	phone: isPhone,
	otherPhone: isPhone,
	contactPhone: isPhone,
	emergencyPhone: isPhone,
	dateOfBirth: isDate,
	addedAt: isDate,
	fullName: isName,
	kind: (text) => readKind(text) !== undefined,
	status: (text) => readStatus(text) !== undefined,
	language: (text) => readLanguage(text) !== undefined,
	isActive: (text) => readAnswer(text) !== undefined,
	doNotEmail: (text) => readAnswer(text) !== undefined,
	mayEmail: (text) => readAnswer(text) !== undefined,
	deceasedAt: isAnswerOrDate,
	dischargedAt: isAnswerOrDate,
};

const isNumber = (text: string) => /^[\d.,#-]+$/u.test(text);
const isWordedAnswer = (text: string) => readAnswer(text) !== undefined && !isNumber(text);
/** Looks that leave no doubt: a column of them is not a column of something else. */
const clearLooks = [isAddress, isPhone, isDate, isWordedAnswer, isNumber];
/** Roles whose values are plain words: no address, date, number or yes and no. */
const worded = new Set<ColumnRole>([
	'fullName',
	'firstName',
	'lastName',
	'preferredName',
	'professional',
	'guardianName',
	'contactName',
	'emergencyName',
]);

/** The share of values, 0 to 1, that look like the role; undefined for roles that take any text. */
export function shareLike(role: ColumnRole, values: readonly string[]): number | undefined {
	const look = looks[role];
	if (!look || values.length === 0) return undefined;
	return values.filter(look).length / values.length;
}

/** Whether the values speak against the role: none looks like it, all look clearly like something else. */
export function looksAgainst(role: ColumnRole, values: readonly string[]): boolean {
	const look = looks[role];
	if (values.length === 0 || (!look && !worded.has(role))) return false;
	if (look && values.some(look)) return false;
	// A number may be a short telephone number, or a day.
	const mayBeNumber = look === isPhone || look === isDate;
	return clearLooks.some(
		(clear) => clear !== look && !(mayBeNumber && clear === isNumber) && values.every(clear),
	);
}
