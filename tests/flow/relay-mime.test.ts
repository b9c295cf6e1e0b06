import type { OutgoingMessage } from '$lib/domain/outcome.ts';
import { emlOf, mailOf, messageIdOf } from '$lib/relay/mime.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ReceivedMail, readMail } from '../support/read-mail.ts';
import { fromSeed } from '../support/seed.ts';

const message: OutgoingMessage = {
	to: { name: 'Maya Okafor', address: 'maya@example.com' },
	from: { name: 'Dana Reyes, Harbor Practice' },
	replyTo: 'dana@harbor.example',
	subject: 'Your invitation',
	text: 'Dear Maya,\n\nhere it is: https://portal.example/?a=1&b=2\n',
	html: '<p>Dear Maya</p>',
};
const facts = { from: 'dana@harbor.example', key: 'ab'.repeat(32), sentAt: 1_770_000_000_000 };

function textOf(of: OutgoingMessage, from = facts.from): string {
	const mail = mailOf(of, { ...facts, from });
	if (mail.kind !== 'mail') throw new Error(mail.words);
	return mail.text;
}
const parsed = (of: OutgoingMessage, from?: string): Promise<ReceivedMail> =>
	readMail(Buffer.from(textOf(of, from), 'utf8'));

test('a mail parser reads back what was written', async () => {
	const mail = await parsed(message);
	expect(mail).toMatchObject({
		from: { name: 'Dana Reyes, Harbor Practice', address: 'dana@harbor.example' },
		to: { name: 'Maya Okafor', address: 'maya@example.com' },
		replyTo: 'dana@harbor.example',
		subject: 'Your invitation',
		text: message.text,
		html: message.html,
		messageId: `<${facts.key}@harbor.example>`,
		contentType: 'multipart/alternative',
	});
	expect(mail.date?.getTime()).toBe(facts.sentAt);
	expect(mail.headerNames).toEqual([
		'from',
		'to',
		'reply-to',
		'subject',
		'date',
		'message-id',
		'mime-version',
		'content-type',
	]);
});

/** Letters of many scripts, marks that are special in a header, emoji of several code points. */
const letters = fc.constantFrom(
	...'aZ0 .,;:<>()[]@"\\\'=?_-+&%$#!éßøŁčşğИжЮωΔשלוםمرحباनमस्ते你好こんにちは안녕ไทย',
	'👩‍👩‍👧',
	'🇺🇦',
	'=?UTF-8?B?',
	'?=',
);
/** As the composer leaves it: no blanks at the edges; mail folds blanks in a row, so single ones. */
const anyLine = (maxLength: number) =>
	fc
		.array(letters, { minLength: 1, maxLength })
		.map((parts) => parts.join('').replace(/ +/g, ' ').trim())
		.filter((text) => text !== '');
const anyText = fc
	.array(
		fc.array(letters, { maxLength: 300 }).map((parts) => parts.join('')),
		{ maxLength: 12 },
	)
	.map((lines) => `${lines.join('\n').replace(/[ \n]+$/, '')}.\n`);

test('names, subjects and texts of any script come back as they were', async () => {
	await fc.assert(
		fc.asyncProperty(
			anyLine(120),
			anyLine(120),
			anyLine(300),
			anyText,
			async (toName, fromName, subject, text) => {
				const mail = await parsed({
					...message,
					to: { name: toName, address: 'maya@example.com' },
					from: { name: fromName },
					subject,
					text,
				});
				expect(mail.subject).toBe(subject);
				expect(mail.to).toEqual({ name: toName, address: 'maya@example.com' });
				expect(mail.from).toEqual({ name: fromName, address: 'dana@harbor.example' });
				expect(mail.text).toBe(text);
				expect(mail.html).toBe(message.html);
			},
		),
		fromSeed(300),
	);
});

test('no line is longer than mail should have, and all of it is ASCII', () => {
	fc.assert(
		fc.property(anyLine(200), anyText, (line, text) => {
			const raw = textOf({ ...message, subject: line, from: { name: line }, text, html: text });
			for (const part of raw.split('\r\n')) {
				// A Message-ID can't be folded; ours is far below the 998 that a line may have.
				if (!part.startsWith('Message-ID: ')) expect(part.length).toBeLessThanOrEqual(78);
				expect(part).toMatch(/^[ -~]*$/);
			}
			expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
		}),
		fromSeed(200),
	);
});

test('a dot alone on a line, a blank at its end and a word "From" arrive as they were', async () => {
	const text = '.\n..\nFrom here \nan end \n=3D\n\t\nlast\n';
	expect((await parsed({ ...message, text })).text).toBe(text);
	expect(textOf({ ...message, text })).not.toMatch(/^\.\r$/m);
});

describe('a header that somebody tries to write', () => {
	const attempt = 'x\r\nBcc: thief@example.com';
	test.each([
		['a name', { to: { name: attempt, address: 'maya@example.com' } }],
		['the sender', { from: { name: attempt } }],
		['the subject', { subject: attempt }],
		['a lone line feed', { subject: 'x\nBcc: thief@example.com' }],
		['a lone carriage return', { subject: 'x\rBcc: thief@example.com' }],
		['a line separator', { subject: 'x\u2028Bcc: thief@example.com' }],
		['a zero', { subject: 'x\0' }],
		['the address', { to: { name: 'Maya', address: `maya@example.com\r\nBcc: t@example.com` } }],
		['a second address', { to: { name: 'Maya', address: 'maya@example.com, thief@example.com' } }],
		['a path', { to: { name: 'Maya', address: 'maya@example.com> <thief@example.com' } }],
		['the reply-to address', { replyTo: `dana@harbor.example\r\nBcc: t@example.com` }],
	])('in %s is refused', (_, part) => {
		expect(mailOf({ ...message, ...part }, facts).kind).toBe('unfit');
	});

	test('in the address to send from is refused', () => {
		expect(mailOf(message, { ...facts, from: 'd@harbor.example\r\nBcc: t@example.com' }).kind).toBe(
			'unfit',
		);
	});

	test('by no text at all adds a header or a recipient', async () => {
		await fc.assert(
			fc.asyncProperty(fc.string({ maxLength: 80 }), fc.string({ maxLength: 80 }), async (a, b) => {
				const mail = mailOf(
					{ ...message, subject: a, to: { name: b, address: 'maya@example.com' } },
					facts,
				);
				if (mail.kind !== 'mail') return;
				const read = await readMail(Buffer.from(mail.text));
				expect(read.headerNames).toHaveLength(8);
				expect(read.recipients).toEqual(['maya@example.com']);
			}),
			fromSeed(300),
		);
	});
});

test('a domain in another script stands in its ASCII form, a local part as it is', async () => {
	const raw = textOf({ ...message, to: { name: '', address: 'info@bücher.example' } });
	expect(raw).toContain('To: info@xn--bcher-kva.example\r\n');
	expect(textOf({ ...message, to: { name: '', address: 'пошта@example.com' } })).toContain(
		'To: пошта@example.com\r\n',
	);
	expect(messageIdOf('k', 'x@bücher.example')).toBe('<k@xn--bcher-kva.example>');
});

test('without a reply-to address there is no such header', async () => {
	expect((await parsed({ ...message, replyTo: '' })).headerNames).not.toContain('reply-to');
});

test('a file for a mail program is a mail that has not been sent', async () => {
	const eml = emlOf(message, facts);
	expect(eml.kind === 'mail' && eml.text).toContain('\r\nX-Unsent: 1\r\n');
	const mail = await readMail(Buffer.from(eml.kind === 'mail' ? eml.text : ''));
	expect(mail).toMatchObject({ subject: message.subject, text: message.text });
});
