import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	emptyFields,
	fieldsIn,
	fieldValues,
	mergeFields,
	piecesOf,
	unresolvedFields,
} from '../../src/lib/domain/merge-fields.ts';
import { fillLetters } from '../../src/lib/domain/fill-letters.ts';
import {
	invitationLink,
	invitationLinks,
	isPortalAddress,
} from '../../src/lib/domain/web-address.ts';
import { fromSeed } from '../support/seed.ts';
import { someClient } from '../support/some-client.ts';

const practice = {
	id: 'practice' as const,
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'dana@harbor.example',
	portalAddress: 'https://portal.example/',
};
const invitation = { code: 'abc', expiresAt: new Date(2026, 5, 2, 12).getTime() };

describe('reading a template', () => {
	it('finds fields once, in their order, whatever capitals and blanks', () => {
		expect(fieldsIn('Dear {Client  First Name}, {your name} { client first name }')).toEqual([
			'client first name',
			'your name',
		]);
	});

	it.each([
		['{client frist name}', ['{client frist name}']],
		['{}', ['{}']],
		['{toString} {__proto__}', ['{toString}', '{__proto__}']],
		['Dear {client first name', ['{']],
		['Dear client first name}', ['}']],
		['{{practice name}}', ['{', '}']],
		['{practice {your name}', ['{']],
		['no field at all', []],
	])('%s → unresolved %j', (body, found) =>
		expect(unresolvedFields({ subject: '', body })).toEqual(found),
	);

	it('looks into the subject too', () =>
		expect(unresolvedFields({ subject: '{oops}', body: '' })).toEqual(['{oops}']));

	it('loses no text', () =>
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('{', '}', 'your name', '{portal address}', ' x\n')),
				(parts) => {
					const text = parts.join('');
					const back = piecesOf(text)
						.map((piece) => (piece.kind === 'field' ? `{${piece.name}}` : piece.text))
						.join('');
					expect(back).toBe(text);
				},
			),
		));
});

describe('values', () => {
	const valuesOf = (about: object) =>
		Object.fromEntries(
			mergeFields.map((name) => [
				name,
				fieldValues([name], { client: someClient('maya', about), practice, invitation })[0],
			]),
		);

	it('are there for every field', () => {
		expect(
			valuesOf({ lastName: 'Okafor', preferredName: 'May', professional: 'Lee Park' }),
		).toEqual({
			'client first name': 'Maya',
			'client preferred name': 'May',
			'client full name': 'Maya Okafor',
			professional: 'Lee Park',
			'professional with credentials': 'Lee Park',
			'invitation link': 'https://portal.example/?invitation=abc',
			'expiry date': '2 June 2026',
			'practice name': 'Harbor Practice',
			'your name': 'Dana Reyes',
			'portal address': 'https://portal.example/',
		});
	});

	it('fall back on what is known', () => {
		expect(valuesOf({ lastName: 'Okafor' })).toMatchObject({
			'client preferred name': 'Maya',
			professional: 'Dana Reyes',
		});
		expect(valuesOf({ firstName: '', lastName: 'Okafor' })['client first name']).toBe('Okafor');
		expect(
			valuesOf({ firstName: '', lastName: '', preferredName: 'May' })['client full name'],
		).toBe('May');
	});

	it('that are empty are named', () =>
		expect(emptyFields(['professional', 'your name'], ['', 'Dana'])).toEqual(['professional']));
});

describe('the invitation’s own link', () => {
	it.each([
		['https://portal.example', 'https://portal.example?invitation=abc'],
		['https://portal.example/in', 'https://portal.example/in?invitation=abc'],
		['https://portal.example/?a=1', 'https://portal.example/?a=1&invitation=abc'],
		['https://portal.example/?', 'https://portal.example/?invitation=abc'],
		['https://portal.example/#/join?x', 'https://portal.example/?invitation=abc#/join?x'],
		[' https://portal.example/?a=1#top ', 'https://portal.example/?a=1&invitation=abc#top'],
	])('%s', (portal, link) => {
		expect(invitationLink(portal, 'abc')).toBe(link);
		expect(new URL(link).searchParams.get('invitation')).toBe('abc');
	});

	it('carries any code whole', () =>
		fc.assert(
			fc.property(
				fc.string(),
				fc.webUrl({ withFragments: true, withQueryParameters: true }),
				(code, portal) => {
					const link = new URL(invitationLink(portal, code));
					expect(link.searchParams.getAll('invitation').at(-1)).toBe(code);
					expect(link.hash).toBe(new URL(portal).hash);
				},
			),
		));

	it.each([
		'https://portal.example',
		'http://localhost:4173/portal',
		'HTTPS://portal.example/?a#b',
	])('%s is a portal’s address', (text) => expect(isPortalAddress(text)).toBe(true));

	it.each([
		'',
		'portal.example',
		'javascript:alert(1)',
		'ftp://portal.example',
		'https://',
		'https://dana:secret@portal.example',
		'https://portal.example/ x',
		'https://portal.example\n.evil.example',
		'https:\\\\portal.example',
		'https://portal.example/{your name}',
		'https://portal.example/"><script>',
	])('%j is none', (text) => expect(isPortalAddress(text)).toBe(false));
});

it('the values of a batch are those of each recipient by herself', () => {
	const about = fc.record({
		firstName: fc.constantFrom('', 'Maya'),
		lastName: fc.constantFrom('', 'Okafor'),
		professional: fc.constantFrom('', ' Dr. Rowan Ellery '),
		code: fc.constantFrom('abc1', 'a b', 'é/?'),
		day: fc.nat({ max: 2 }),
		link: fc.constantFrom(undefined, 'https://welcome.example/#x'),
		language: fc.constantFrom(undefined, 'de', 'es-MX'),
		names: fc.array(fc.constantFrom(...mergeFields, 'toString', 'oops'), { maxLength: 6 }),
	});
	const portals = fc.constantFrom('https://portal.example/', ' https://p.example/?a=1#top ', '');
	fc.assert(
		fc.property(fc.array(about, { maxLength: 12 }), portals, (abouts, portalAddress) => {
			const ours = { ...practice, portalAddress };
			const letters = new Map<string, { fieldNames: string[]; language?: string }>();
			const batch = abouts.map(({ code, day, link, language, names, ...fields }) => {
				const invitation = { code, expiresAt: new Date(2026, 5, 1 + day, 12).getTime() };
				const key = JSON.stringify([names, language]);
				const letter = letters.get(key) ?? { fieldNames: names, ...(language && { language }) };
				letters.set(key, letter);
				const client = someClient('maya', fields);
				const about = { client, practice: ours, invitation, link, language };
				return { letter, about };
			});
			const codes = batch.map(({ about }) => about.invitation.code);
			const links = invitationLinks(portalAddress, codes);
			const filled = fillLetters(
				batch.map(({ letter }) => letter),
				{
					practice: ours,
					clients: batch.map(({ about }) => about.client),
					codes,
					links: batch.map(({ about }, place) => about.link ?? links.at(place) ?? ''),
					expireAt: batch.map(({ about }) => about.invitation.expiresAt),
				},
			);
			expect(batch.map((_, place) => filled.at(place))).toEqual(
				batch.map(({ letter, about }) => fieldValues(letter.fieldNames, about)),
			);
		}),
		fromSeed(200),
	);
});
