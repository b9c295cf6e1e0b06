import { foldName } from '$lib/domain/person-name.ts';
import { Fingerprint } from '$lib/imports/fingerprint.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromSeed } from '../support/seed.ts';

const textOf = (...units: string[]) => fc.string({ unit: fc.constantFrom(...units), maxLength: 6 });
const name = textOf('a', 'B', 'b', 'é', 'É', 'ø', ' ', '-', '.', "'", '1', '\t');

const of = (read: (print: Fingerprint) => unknown) => {
	const print = new Fingerprint();
	read(print);
	return `${print.a} ${print.b}`;
};
const ofName = (first: string, last: string) => of((print) => print.name(first, last));
const ofText = (text: string) => of((print) => print.text(text));
const ofDigits = (text: string) => of((print) => print.digits(text));

describe('a fingerprint', () => {
	it('of two names is equal exactly when they fold to the same', () => {
		fc.assert(
			fc.property(name, name, name, name, (first, last, otherFirst, otherLast) => {
				const areSame = foldName(`${first} ${last}`) === foldName(`${otherFirst} ${otherLast}`);
				expect(ofName(first, last) === ofName(otherFirst, otherLast)).toBe(areSame);
			}),
			fromSeed(3_000),
		);
	});

	it('of two texts is equal exactly when their small letters are', () => {
		const text = textOf('a', 'A', 'é', 'É', 'İ', '@', '.');
		fc.assert(
			fc.property(text, text, (one, other) => {
				const areSame = one.toLowerCase() === other.toLowerCase();
				expect(ofText(one) === ofText(other)).toBe(areSame);
			}),
			fromSeed(3_000),
		);
	});

	it('of a telephone number goes by its digits, without the 1 of eleven', () => {
		expect(ofDigits('+1 (555) 010-2345')).toBe(ofDigits('555.010.2345'));
		expect(ofDigits('25550102345')).not.toBe(ofDigits('5550102345'));
		expect(ofDigits('11')).not.toBe(ofDigits('1'));
		expect(new Fingerprint().digits('1 555 010 2345')).toBe(11);
	});

	it('remembers nothing of a longer text before it', () => {
		ofText('a text that is long');
		const short = ofText('ab');
		ofText('another one, longer still');
		expect(ofText('ab')).toBe(short);
		expect(ofText('a')).not.toBe(short);
	});

	it('goes on where the text before it ended', () => {
		const both = of((print) => print.text('ab').text('c'));
		expect(both).not.toBe(of((print) => print.text('a').text('bc')));
	});
});
