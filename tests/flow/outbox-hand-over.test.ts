import { composeMessage } from '$lib/domain/compose.ts';
import { emlNameOf, invitationLinkOf, mailtoOf } from '$lib/outbox/hand-over.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aLetter, aMessage } from '../support/messages.ts';

const message = aMessage({ id: 'm1', toAddress: 'maya+portal@example.com' });
const outgoing = composeMessage(aLetter, message);

/** As RFC 6068 has a mail program read it. */
function read(href: string) {
	const url = new URL(href);
	expect(url.protocol).toBe('mailto:');
	const part = (name: string) =>
		new RegExp(`[?&]${name}=([^&]*)`).exec(url.search)?.[1] ?? undefined;
	const decode = (text: string | undefined) =>
		text === undefined ? undefined : decodeURIComponent(text);
	return {
		to: decodeURIComponent(url.pathname),
		subject: decode(part('subject')),
		body: decode(part('body')),
		fields: url.search.split(/[?&]/).filter(Boolean).length,
	};
}

test('a mail program gets address, subject and text, its lines broken as RFC 6068 wants', () => {
	const text =
		'Dear Maya & family,\n100 % yours = here: https://portal.example/?invitation=a&b=c\n';
	const { href, isWhole } = mailtoOf({ ...outgoing, subject: 'Your invitation?', text });
	expect(isWhole).toBe(true);
	expect(read(href)).toEqual({
		to: 'maya+portal@example.com',
		subject: 'Your invitation?',
		body: text.trimEnd().replaceAll('\n', '\r\n'),
		fields: 2,
	});
});

test('whatever stands in a message, it opens no other field and comes back as it was', () => {
	const well = fc.string({ unit: 'grapheme', maxLength: 60 });
	fc.assert(
		fc.property(well, well, (subject, text) => {
			const { href, isWhole } = mailtoOf({ ...outgoing, subject, text });
			const parts = read(href);
			expect(parts.to).toBe('maya+portal@example.com');
			expect(parts.subject).toBe(subject);
			expect(parts.fields).toBe(isWhole ? 2 : 1);
			if (isWhole) expect(parts.body).toBe(text.trimEnd().replace(/\r\n?|\n/g, '\r\n'));
		}),
	);
});

test('a text too long for the way to a mail program is left to be pasted', () => {
	const { href, isWhole } = mailtoOf({ ...outgoing, text: 'Grüße '.repeat(300) });
	expect(isWhole).toBe(false);
	expect(read(href)).toMatchObject({ to: 'maya+portal@example.com', body: undefined });
	expect(href.length).toBeLessThan(2_000);
});

test('half a character from a file that was cut breaks nothing', () => {
	expect(read(mailtoOf({ ...outgoing, subject: 'Dear \ud83d' }).href).subject).toBe('Dear \ufffd');
});

test('an address cannot smuggle a second one in', () => {
	const to = { name: '', address: 'a?bcc=b@example.com' };
	expect(read(mailtoOf({ ...outgoing, to }).href)).toMatchObject({
		to: 'a?bcc=b@example.com',
		fields: 2,
	});
});

test("the recipient's own link is the one in her letter", () => {
	expect(invitationLinkOf(aLetter, message)).toBe('https://portal.example/?invitation=m1');
	expect(outgoing.text).toContain(invitationLinkOf(aLetter, message));
	expect(invitationLinkOf({ ...aLetter, fieldNames: [] }, message)).toBe('');
});

test('a file has a name that every disk takes', () => {
	const named = (toName: string) => emlNameOf({ toName, toAddress: 'maya@example.com' });
	expect(named('Maya Okafor')).toBe('Invitation for Maya Okafor.eml');
	expect(named('../../etc: <Maya>?')).toMatch(/^Invitation for [^<>:"/\\|?*]+\.eml$/);
	expect(named(' ')).toBe('Invitation for maya@example.com.eml');
	expect(named('N'.repeat(400)).length).toBeLessThan(120);
});
