import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeMessage, defaultTemplate, freezeLetter } from '../../src/lib/domain/compose.ts';
import type { Letter } from '../../src/lib/domain/message.ts';
import { escapeHtml } from '../../src/lib/domain/letter-html.ts';
import { fieldValues, mergeFields, unresolvedFields } from '../../src/lib/domain/merge-fields.ts';
import { someClient } from '../support/some-client.ts';

const practice = {
	id: 'practice' as const,
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'dana@harbor.example',
	portalAddress: 'https://portal.example/#/join',
};
const link = 'https://portal.example/?invitation=abc#/join';
const maya = { toName: 'Maya Okafor', toAddress: 'maya@example.com' };

/** What is sent for a body that names one field with this value. */
function sent(body: string, value: string, settings = practice) {
	const letter = freezeLetter({ subject: 'Hello', body }, settings, 'l', 0);
	return composeMessage(letter, { ...maya, fields: letter.fieldNames.map(() => value) });
}

describe('the default template', () => {
	it('needs nothing that Portico does not know, and holds the link', () => {
		expect(unresolvedFields(defaultTemplate)).toEqual([]);
		expect(defaultTemplate.body).toContain('\n{invitation link}\n');
	});

	it('says nothing of what kind of practice it is', () => {
		expect(`${defaultTemplate.subject} ${defaultTemplate.body}`).not.toMatch(
			/therap|treat|patient|clinic|health|session|care|counsel|doctor|medic/i,
		);
	});
});

describe('a frozen letter', () => {
	const letter = freezeLetter(defaultTemplate, practice, 'letter', 5);

	it('holds what is the same for everybody, and names what is not', () => {
		expect(letter).toMatchObject({
			id: 'letter',
			format: 2,
			language: 'en',
			subject: 'Your invitation to the client portal of Harbor Practice',
			fromName: 'Dana Reyes, Harbor Practice',
			replyTo: 'dana@harbor.example',
			fieldNames: ['client preferred name', 'expiry date', 'invitation link'],
			createdAt: 5,
		});
	});

	it('a practice named like a field stays what it is', () => {
		const odd = { ...practice, practiceName: 'The {client first name} {left brace} Place' };
		const message = sent('{practice name}: {client first name}', 'Maya', odd);
		expect(message.text).toBe('The {client first name} {left brace} Place: Maya\n');
	});

	it('a person without a practice name signs alone', () => {
		const alone = { ...practice, practiceName: 'Dana Reyes' };
		expect(freezeLetter(defaultTemplate, alone, 'l', 0).fromName).toBe('Dana Reyes');
	});
});

// A repeated key must carry the same body. When one of these fails, add a format; never mend the sum.
describe.each([
	{
		format: 1,
		language: undefined,
		sum: '6593bcd2328c16e115c0d38dd56da88d578c2751bce8da87304b77fae18faaaa',
	},
	{
		format: 2,
		language: 'en',
		sum: 'fe4d1ca4b1ead9dcdb2ac6186def4fe74259d9e15c04c6e9c983de179846bdcc',
	},
	{
		format: 2,
		language: 'de',
		sum: '7edf658accfa730f99cc890a42d4a7e148154511b1283b12a49a62a419828eb6',
	},
] as const)('format $format ($language)', ({ format, language, sum }) => {
	it('gives these bytes for ever', () => {
		const frozen = freezeLetter(
			{
				subject: 'For {client first name} & co, from {practice name}',
				body: 'Dear {client full name},\r\n\r\nOne <b>line</b>\nand another.\n\n{invitation link}\n\nOr {invitation link}.\n\n\n\n{expiry date}',
			},
			practice,
			'letter',
			0,
		);
		const letter: Letter = { ...frozen, format, ...(language && { language }) };
		const fields = letter.fieldNames.map(
			(name) =>
				({
					'client first name': 'Zoë',
					'client full name': "Zoë O'Neil <z>",
					'invitation link': `${link}&a=1`,
					'expiry date': '2 June 2026',
				})[name] ?? '',
		);
		const message = composeMessage(letter, { ...maya, fields });
		expect(message.subject).toBe('For Zoë & co, from Harbor Practice');
		expect(message.text).toBe(
			`Dear Zoë O'Neil <z>,\n\nOne <b>line</b>\nand another.\n\n${link}&a=1\n\nOr ${link}&a=1.\n\n2 June 2026\n`,
		);
		const bytes = createHash('sha256').update(JSON.stringify(message)).digest('hex');
		expect(bytes).toBe(sum);
	});
});

describe('what leaves', () => {
	it('shows the link as a button where it stands alone, and in full', () => {
		const { html } = sent('Hello\n\n{invitation link}', link);
		expect(html).toContain('>Open the client portal</a>');
		expect(html).toContain(`>${link}</a>`);
		expect(html.match(/ href="([^"]*)"/g)).toEqual([` href="${link}"`, ` href="${link}"`]);
	});

	it('never links to anything but the web', () => {
		const { html } = sent('{invitation link}\n\nor {invitation link}', 'javascript:alert(1)');
		expect(html).not.toContain('href');
	});

	it('fetches nothing', () => {
		const { html } = sent(defaultTemplate.body, link);
		expect(html).not.toMatch(/<img|<link|<script|url\(|@import|src=|background=/i);
	});

	it('lets no line break into what becomes a header', () => {
		const breakers = 'x\r\nBcc: eve@example.com\u2028y\u0000\u0085z';
		const letter = freezeLetter(
			{ subject: `${breakers} {client first name}`, body: 'x' },
			{ ...practice, yourName: breakers, replyTo: breakers },
			'l',
			0,
		);
		const message = composeMessage(
			{ ...letter, subject: `${letter.subject}\r\n` },
			{ toName: breakers, toAddress: breakers, fields: [breakers] },
		);
		const headers = [
			message.subject,
			message.to.name,
			message.to.address,
			message.from.name,
			message.replyTo,
		];
		for (const text of headers) expect(text).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
	});
});

const spice = fc
	.array(
		fc.oneof(
			fc.constantFrom('<', '>', '&', '"', "'", '{', '}', '{your name}', '{left brace}', '</p>'),
			fc.constantFrom(
				'<script>',
				'$&',
				'$1',
				'\n\n',
				'\r',
				'&lt;',
				'\u202e',
				'\ud800',
				'javascript:',
			),
			fc.string({ unit: 'grapheme', maxLength: 4 }),
		),
		{ maxLength: 8 },
	)
	.map((parts) => parts.join(''));

/** What a reader's eye may meet: without the style sheets and the notes to old mail programs. */
const withoutSheets = (html: string) =>
	html.replace(/<style[^>]*>[^<]*<\/style>|<!--[^]*?-->/g, '');

const tagsOf = (html: string) => html.match(/<[^>]*>/g);

describe('laws', () => {
	it('no value becomes markup or a field: the tags are those of a plain value', () =>
		fc.assert(
			fc.property(spice, spice, (value, name) => {
				const body = 'Dear {client first name},\n\n{practice name} <i> {professional}\n\nBye';
				// Something to show on both sides: an empty value may rightly empty its line.
				const hot = sent(body, `x${value}x`, { ...practice, practiceName: `x${name}x` });
				const plain = sent(body, 'x', { ...practice, practiceName: 'x' });
				const skeleton = (html: string) => tagsOf(html)?.filter((tag) => tag !== '<i>');
				expect(skeleton(hot.html)).toEqual(skeleton(plain.html));
				expect(withoutSheets(hot.html).replace(/<[^>]*>/g, '')).not.toMatch(/[<>"']/);
				expect(hot.text).toContain(' <i> ');
			}),
		));

	it('an escaped text reads back as it was', () =>
		fc.assert(
			fc.property(spice, (text) => {
				const escaped = escapeHtml(text);
				expect(escaped).not.toMatch(/[<>"']/);
				const marks: Record<string, string> = {
					'&lt;': '<',
					'&gt;': '>',
					'&quot;': '"',
					'&#39;': "'",
					'&amp;': '&',
				};
				expect(escaped.replace(/&(?:lt|gt|quot|#39|amp);/g, (mark) => marks[mark] ?? '')).toBe(
					text,
				);
			}),
		));

	it('no field of a template is left unresolved in what is sent', () =>
		fc.assert(
			fc.property(
				fc.array(
					fc.oneof(
						fc.constantFrom(...mergeFields).map((name) => `{${name}}`),
						fc.constantFrom(' ', '\n\n', 'words', 'a < b'),
					),
				),
				(parts) => {
					const template = { subject: parts.slice(0, 4).join(''), body: parts.join('') };
					const letter = freezeLetter(template, practice, 'l', 0);
					const client = someClient('maya');
					const invitation = { code: 'abc', expiresAt: 0 };
					const fields = fieldValues(letter.fieldNames, { client, practice, invitation });
					const message = composeMessage(letter, { ...maya, fields });
					expect(JSON.stringify([message.subject, message.text])).not.toMatch(/[{}]/);
					expect(withoutSheets(message.html)).not.toMatch(/[{}]/);
					expect(composeMessage(letter, { ...maya, fields })).toEqual(message);
				},
			),
		));
});
