import { foldName, splitFullName } from '$lib/domain/person-name.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growth, proportional } from '../support/growth.ts';

const split = (text: string) => {
	const { firstName, lastName, preferredName, isCouple } = splitFullName(text);
	return [firstName, lastName, preferredName, isCouple ? 'couple' : 'one'];
};

describe('a full name is parted', () => {
	it.each([
		['Maya Okafor', 'Maya', 'Okafor'],
		['Okafor, Maya', 'Maya', 'Okafor'],
		['Okafor, Maya Grace', 'Maya Grace', 'Okafor'],
		['Dr. Maya Okafor', 'Maya', 'Okafor'],
		['Dr Maya Okafor', 'Maya', 'Okafor'],
		['Mrs. Okafor', '', 'Okafor'],
		['Jan van der Berg', 'Jan', 'van der Berg'],
		['van der Berg, Jan', 'Jan', 'van der Berg'],
		['María de la Cruz', 'María', 'de la Cruz'],
		['Omar bin Khalid', 'Omar', 'bin Khalid'],
		['Sinéad Mc Gowan', 'Sinéad', 'Mc Gowan'],
		['John Reyes Jr.', 'John', 'Reyes Jr.'],
		['Reyes, John, Jr.', 'John', 'Reyes Jr.'],
		['John Reyes, PhD', 'John', 'Reyes'],
		['John Reyes III', 'John', 'Reyes III'],
		['Yo-Yo Ma', 'Yo-Yo', 'Ma'],
		['Sir', 'Sir', ''],
		['Cher', 'Cher', ''],
		['李 小龍', '李', '小龍'],
		['  Maya   Okafor ', 'Maya', 'Okafor'],
		["Brigid O'Connell", 'Brigid', "O'Connell"],
		['', '', ''],
	])('%s', (text, first, last) => {
		expect(split(text)).toEqual([first, last, '', 'one']);
	});

	it.each([
		['Jonathan "Jon" Reyes', 'Jonathan', 'Reyes', 'Jon'],
		['Reyes, Jonathan (Jon)', 'Jonathan', 'Reyes', 'Jon'],
		['Jonathan “Jon” Reyes', 'Jonathan', 'Reyes', 'Jon'],
		["Jonathan 'Jon' Reyes", 'Jonathan', 'Reyes', 'Jon'],
		['Chloé Dubois (née Laurent)', 'Chloé', 'Dubois', ''],
		['Mateo Silva (minor)', 'Mateo', 'Silva', ''],
	])('%s has a preferred name or none', (text, first, last, preferred) => {
		expect(split(text)).toEqual([first, last, preferred, 'one']);
	});

	it.each([
		['Ann & Bob Lee', 'Ann & Bob', 'Lee'],
		['Ann and Bob Lee', 'Ann & Bob', 'Lee'],
		['Lee, Ann & Bob', 'Ann & Bob', 'Lee'],
		['Ann Lee & Bob Ray', 'Ann & Bob', 'Lee & Ray'],
	])('%s stays one couple', (text, first, last) => {
		expect(split(text)).toEqual([first, last, '', 'couple']);
	});

	it.each([
		['Ann & Bob Lee', 'Ann Lee', 'Bob Lee'],
		['Lee, Ann & Bob', 'Ann Lee', 'Bob Lee'],
		['Ann Lee & Bob Ray', 'Ann Lee', 'Bob Ray'],
		['Ann and Bob van der Berg', 'Ann van der Berg', 'Bob van der Berg'],
	])('%s are two people', (text, one, two) => {
		const people = splitFullName(text).people ?? [];
		expect(people.map(({ firstName, lastName }) => `${firstName} ${lastName}`)).toEqual([one, two]);
	});

	it.each(['Mr. & Mrs. Lee', 'Ann, Bob & Cy Lee & Di', 'Maya Okafor'])(
		'%s cannot be told as two',
		(text) => expect(splitFullName(text).people).toBeUndefined(),
	);

	it('never loses a plain name, whatever its letters', () => {
		fc.assert(
			fc.property(
				fc.stringMatching(/^\p{Lu}\p{Ll}{2,8}$/u),
				fc.stringMatching(/^\p{Lu}\p{Ll}{6,9}$/u),
				(first, last) => {
					const name = splitFullName(`${first} ${last}`);
					expect([name.firstName, name.lastName]).toEqual([first, last]);
					expect(splitFullName(`${last}, ${first}`)).toEqual(name);
				},
			),
		);
	});
});

it('folds what is the same name to one form', () => {
	expect(foldName('  Zoë   D’Arcy-Müller ')).toBe('zoe darcy muller');
	expect(foldName("ZOE D'ARCY MULLER")).toBe('zoe darcy muller');
	expect(foldName('Søren Łukasz')).toBe('soren lukasz');
});

it.each(['(', '(a)', '"', "'a ", ' ', '&', 'a & ', ',', 'a,', '“a', 'Dr. ', 'van '])(
	'ever more of %j takes time in proportion',
	(unit) => {
		const text = (length: number) => unit.repeat(length / unit.length);
		expect(growth((length) => splitFullName(text(length)))).toBeLessThan(proportional);
		expect(growth((length) => foldName(text(length)))).toBeLessThan(proportional);
	},
);
