import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	hasLookAlikeLetters,
	isEmailAddress,
	looksMistyped,
	normaliseEmailAddress,
} from '../../src/lib/domain/email-address.ts';
import { correctedDomain, mayHaveMistypedDomain } from '../../src/lib/domain/mistyped-domain.ts';

describe('isEmailAddress', () => {
	it.each([
		'maya@example.com',
		"o'brien+portal@mail.example.co.uk",
		'a@b.io',
		'jörg@bücher.example',
		'иван@почта.example',
		`${'a'.repeat(64)}@example.com`,
	])('takes %s', (text) => expect(isEmailAddress(text)).toBe(true));

	it.each([
		'',
		'maya',
		'maya@example',
		'@example.com',
		'maya@',
		'maya@@example.com',
		'maya@-example.com',
		'maya@example-.com',
		'maya@example..com',
		'maya@example.com.',
		' maya@example.com',
		'maya @example.com',
		'Maya <maya@example.com>',
		'maya@example.com, sam@example.com',
		'maya@example.com\nBcc: sam@example.com',
		'ma\u200bya@example.com',
		'ma\u3164ya@example.com',
		`maya@${'a'.repeat(64)}.com`,
		`${'a'.repeat(243)}@example.com`,
	])('refuses %j', (text) => expect(isEmailAddress(text)).toBe(false));

	it('agrees with what fast-check knows of addresses', () =>
		fc.assert(fc.property(fc.emailAddress(), (text) => isEmailAddress(text))));
});

describe('normaliseEmailAddress', () => {
	it('makes one inbox of blanks, capitals and composed letters', () => {
		expect(normaliseEmailAddress('  Maya@Example.COM\t')).toBe('maya@example.com');
		expect(normaliseEmailAddress('jo\u0308rg@example.com')).toBe('j\u00f6rg@example.com');
	});

	it('changes nothing the second time', () =>
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				const once = normaliseEmailAddress(text);
				// Lower case of a few letters is not composed; once more settles them.
				const twice = normaliseEmailAddress(once);
				expect(normaliseEmailAddress(twice)).toBe(twice);
			}),
		));
});

describe('looksMistyped', () => {
	it.each([
		['maya@gmial.com', 'maya@gmail.com'],
		['maya@gamil.com', 'maya@gmail.com'],
		['Maya@GMIAL.COM', 'Maya@gmail.com'],
		['maya@hotmial.co.uk', 'maya@hotmail.co.uk'],
		['maya@yaho.com', 'maya@yahoo.com'],
		['maya@outlok.com', 'maya@outlook.com'],
		['maya@example.con', 'maya@example.com'],
		['maya@example.cmo', 'maya@example.com'],
		['maya@mail.example.con', 'maya@mail.example.com'],
		['maya@gmail.co', 'maya@gmail.com'],
		['maya@gmailcom', 'maya@gmail.com'],
		['maya..okafor@example.com', 'maya.okafor@example.com'],
		['maya@example..com', 'maya@example.com'],
		['maya@example.com.', 'maya@example.com'],
		['maya.@example.com', 'maya@example.com'],
		['maya@example,com', 'maya@example.com'],
		['maya@@example.com', 'maya@example.com'],
		['ma ya@example.com', 'maya@example.com'],
	])('%s → %s', (text, meant) => expect(looksMistyped(text)).toBe(meant));

	it.each([
		'maya@gmail.com',
		'maya@ymail.com',
		'maya@mail.com',
		'maya@email.com',
		'maya@yahoo.co.uk',
		'maya@example.co',
		'maya@toString.com',
		'maya',
		'',
	])('finds nothing amiss in %j', (text) => expect(looksMistyped(text)).toBe(''));

	it('the quick look lets nothing pass that would be corrected', () =>
		fc.assert(
			fc.property(
				fc.constantFrom('gmial', 'gmail', 'example', 'yaho', 'Hotmal', 'icloud', 'mail.gmial'),
				fc.constantFrom('.com', '.con', '.CO', '.cm', '.co.uk', '.cmo', 'com', '.mail.ogr'),
				(name, ending) => {
					const domain = `${name}${ending}`.toLowerCase();
					if (correctedDomain(domain) === domain) return;
					expect(mayHaveMistypedDomain(`maya@${name}${ending}`)).toBe(true);
				},
			),
		));

	it('suggests only addresses in which it finds nothing more', () =>
		fc.assert(
			fc.property(
				fc.constantFrom('maya', 'm..o', '.m', 'm o'),
				fc.constantFrom('gmial', 'gmail', 'example', 'yaho'),
				fc.constantFrom('.com', '.con', ',com', '..cmo', '.com.', 'com', '.co.uk'),
				(local, name, ending) => {
					const suggestion = looksMistyped(`${local}@${name}${ending}`);
					if (suggestion === '') return;
					expect(isEmailAddress(suggestion)).toBe(true);
					expect(looksMistyped(suggestion)).toBe('');
				},
			),
		));
});

describe('hasLookAlikeLetters', () => {
	it.each([
		['a Cyrillic а in a Latin word', 'maya@gm\u0430il.com'],
		['a domain drawn all in Cyrillic', 'maya@\u0430\u0440\u0440\u04cf\u0435.com'],
		['a Cyrillic а in the local part', 'm\u0430ya@example.com'],
		['a phonetic g', 'maya@\u0261mail.com'],
		['a dotless i', 'maya@gma\u0131l.com'],
		['a full-width letter', 'maya@\uff47mail.com'],
	])('points out %s', (_, text) => expect(hasLookAlikeLetters(text)).toBe(true));

	it.each(['maya@example.com', 'jörg@bücher.example', 'иван@почта.example', 'yuki@日本.example'])(
		'leaves %s alone',
		(text) => expect(hasLookAlikeLetters(text)).toBe(false),
	);
});
