import { phoneDigits } from './address-text.ts';
import { areFirstNamesAlike, isOneLetterApart } from './alike-names.ts';
import type { Client } from './client.ts';
import { normaliseEmailAddress } from './email-address.ts';
import { areNicknames } from './nicknames.ts';
import { foldName } from './person-name.ts';
import type { Columns } from './table.ts';

/** What speaks for two profiles being one person's, in the order in which it is said. */
export type DuplicateReason =
	| 'same-name'
	| 'similar-name'
	| 'same-first-name'
	| 'similar-first-name'
	| 'same-birth'
	/** Day and month stand in each other's place. */
	| 'swapped-birth'
	| 'same-address'
	| 'same-phone'
	/** Nothing but the name speaks for it. */
	| 'one-without-birth'
	| 'none-with-birth';

export interface Evidence {
	reasons: readonly DuplicateReason[];
	/** 1: a name alone; 6: name, date of birth and a way to reach her. */
	strength: number;
}

/** What is compared of one profile, in the form in which two spellings are equal. */
export interface Signs {
	first: string;
	last: string;
	/** Preferred name. */
	called: string;
	/** All words of the name, in the order of the alphabet: first and last name may stand in each other's place. */
	name: string;
	birth: string;
	inboxes: readonly string[];
	phones: readonly string[];
	/** What the previous software called her, and by which import. */
	externalId: string;
	importId: string;
	isCouple: boolean;
}

/** Fewer digits are an extension or a placeholder. */
const leastDigits = 7;
const nothing: readonly string[] = [];

/** Reads the signs of one row after the other. Names are folded once each: they recur. */
export function makeSigns(
	clients: Columns<Client>,
	folded: Map<string, string>,
): (at: number) => Signs {
	const column = <Field extends keyof Client>(field: Field) => clients.column(field);
	const [firsts, lasts, calleds] = [
		column('firstName'),
		column('lastName'),
		column('preferredName'),
	];
	const [addresses, others] = [column('emailAddress'), column('otherEmailAddresses')];
	const [phones, otherPhones] = [column('phone'), column('otherPhones')];
	const [births, kinds] = [column('dateOfBirth'), column('kind')];
	const [externalIds, importIds] = [column('externalId'), column('importId')];
	const fold = (text: string): string => {
		if (plain.test(text)) return text.toLowerCase();
		let form = folded.get(text);
		if (form === undefined) folded.set(text, (form = foldName(text)));
		return form;
	};
	return (at) => {
		const [first, last] = [fold(firsts.at(at)), fold(lasts.at(at))];
		return {
			first,
			last,
			called: fold(calleds.at(at)),
			name: first && last ? inOrder(first, last) : '',
			birth: births.at(at),
			inboxes: forms(addresses.at(at), others.at(at), inboxOf),
			phones: forms(phones.at(at), otherPhones.at(at), numberOf),
			externalId: externalIds.at(at),
			importId: importIds.at(at),
			isCouple: kinds.at(at) === 'couple',
		};
	};
}

const plain = /^[A-Za-z]*$/;
const inboxOf = (text: string) => (text.includes('@') ? normaliseEmailAddress(text) : '');
const numberOf = (text: string) => {
	const digits = text === '' ? '' : phoneDigits(text);
	return digits.length >= leastDigits ? digits : '';
};

function inOrder(first: string, last: string): string {
	if (!first.includes(' ') && !last.includes(' '))
		return first < last ? `${first} ${last}` : `${last} ${first}`;
	return `${first} ${last}`.split(' ').sort().join(' ');
}

function forms(
	value: string,
	others: readonly string[] | undefined,
	form: (text: string) => string,
): readonly string[] {
	const own = form(value);
	if (!others) return own === '' ? nothing : [own];
	return [...new Set([own, ...others.map(form)])].filter((one) => one !== '');
}

/**
 * What speaks for two profiles being one person's; undefined when they are not likely to be. People born on
 * different days never are. A shared inbox or telephone alone means a family: the first names must be
 * alike, too. `isCommonName`: too many people here have it for it to say anything alone.
 */
export function evidenceOf(a: Signs, b: Signs, isCommonName: boolean): Evidence | undefined {
	if (a.isCouple !== b.isCouple || areGenerations(a.last, b.last)) return undefined;
	const isSameName = a.name !== '' && a.name === b.name;
	const hasBirths = a.birth !== '' && b.birth !== '';
	const isSameBirth = hasBirths && a.birth === b.birth;
	const isSwapped = hasBirths && !isSameBirth && isSameName && areSwapped(a.birth, b.birth);
	if (hasBirths && !isSameBirth && !isSwapped) return undefined;

	const isSameFirst = a.first !== '' && a.first === b.first;
	const isFirstAlike = isSameName || isSameFirst || mayBeCalled(a, b);
	if (!isFirstAlike) return undefined;
	const isSameLast = a.last === b.last;
	const isLastAlike = isSameName || isSameLast || isOneLetterApart(a.last, b.last);
	const isSameAddress = a.inboxes.some((inbox) => b.inboxes.includes(inbox));
	const isSamePhone = a.phones.some((phone) => b.phones.includes(phone));
	const isReached = isSameAddress || isSamePhone;

	const strength = (): number => {
		if (isSameName && isSameBirth) return isReached ? 6 : 5;
		if (isSameName && (isReached || isSwapped)) return 4;
		if (isReached && isSameBirth && isLastAlike) return 4;
		if (isSameAddress) return isLastAlike ? 3 : 2;
		if (isSamePhone && (isLastAlike || (isSameBirth && isSameFirst))) return 3;
		if (isSameBirth && isLastAlike && (isSameFirst || isSameLast)) return 3;
		return isSameName && !isCommonName && !areNumberedApart(a, b) ? 1 : 0;
	};
	const found = strength();
	if (found === 0) return undefined;
	const reasons: DuplicateReason[] = [];
	if (isSameName) reasons.push('same-name');
	else if (isLastAlike) reasons.push('similar-name');
	else reasons.push(isSameFirst ? 'same-first-name' : 'similar-first-name');
	if (isSameBirth) reasons.push('same-birth');
	if (isSwapped) reasons.push('swapped-birth');
	if (isSameAddress) reasons.push('same-address');
	if (isSamePhone) reasons.push('same-phone');
	if (found === 1) reasons.push(a.birth || b.birth ? 'one-without-birth' : 'none-with-birth');
	return { reasons, strength: found };
}

function mayBeCalled(a: Signs, b: Signs): boolean {
	if (a.first === '' || b.first === '') return false;
	if (a.called === b.first || b.called === a.first) return true;
	return areFirstNamesAlike(a.first, b.first) || areNicknames(a.first, b.first);
}

/** One program gives one person one number. */
function areNumberedApart(a: Signs, b: Signs): boolean {
	return (
		a.importId === b.importId && a.externalId !== b.externalId && !!a.externalId && !!b.externalId
	);
}

const generation = /^(?:jr|sr|ii|iii|iv|junior|senior)$/;

/** "Vale" and "Vale Jr.": a parent and a child. */
function areGenerations(a: string, b: string): boolean {
	if (a === b) return false;
	const [short, long] = a.length < b.length ? [a, b] : [b, a];
	const parts = long.split(' ');
	if (!generation.test(parts.at(-1) ?? '')) return false;
	const family = parts.slice(0, -1).join(' ');
	return family === short || family === short.split(' ').slice(0, -1).join(' ');
}

function areSwapped(a: string, b: string): boolean {
	return (
		a.slice(0, 4) === b.slice(0, 4) &&
		a.slice(5, 7) === b.slice(8, 10) &&
		a.slice(8, 10) === b.slice(5, 7)
	);
}
