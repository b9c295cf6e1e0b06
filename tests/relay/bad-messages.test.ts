import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMessage } from '../../relay/message-body.ts';
import { problemName, relayAtTest, robin, smtpAtTest } from './relay-at-test.ts';

const breaks = ['\r\n', '\n', '\r', '\0', '\u2028', '\u0085', '\t'];
const headerFields: [string, (text: string) => unknown][] = [
	['to.name', (text) => ({ ...robin, to: { ...robin.to, name: text } })],
	['to.address', (text) => ({ ...robin, to: { ...robin.to, address: text } })],
	['from.name', (text) => ({ ...robin, from: { name: text } })],
	['replyTo', (text) => ({ ...robin, replyTo: text })],
	['subject', (text) => ({ ...robin, subject: text })],
];

test.each(headerFields)('no line break gets into a header by %s', async (field, withText) => {
	const relay = await relayAtTest();
	for (const text of breaks.map((mark) => `robin@example.com${mark}Bcc: all@example.com`)) {
		const answer = await relay.post('key-1', withText(text));
		expect([answer.status, problemName(answer)]).toEqual([422, 'invalid-message']);
		expect(answer.body.detail).toContain(field);
		expect(JSON.stringify(answer.body)).not.toContain('example.com');
	}
	expect(await relay.stateOf('key-1')).toBe(404);
});

test.each<[string, unknown]>([
	['nothing', null],
	['a list', []],
	['a field too many', { ...robin, bcc: 'all@example.com' }],
	['a field too many within', { ...robin, to: { ...robin.to, cc: 'all@example.com' } }],
	['a field missing', { ...robin, text: undefined }],
	['a number for a text', { ...robin, subject: 7 }],
	['an empty text', { ...robin, text: ' ' }],
	['an empty subject', { ...robin, subject: '' }],
	['two addresses', { ...robin, to: { name: '', address: 'a@example.com, b@example.com' } }],
	['an address in angle brackets', { ...robin, to: { name: '', address: '<a@example.com>' } }],
	['a name too long', { ...robin, to: { ...robin.to, name: 'x'.repeat(201) } }],
	['a subject too long', { ...robin, subject: 'x'.repeat(501) }],
	['half a character', { ...robin, subject: 'Hello \ud83d' }],
	['a control character in the text', { ...robin, text: 'Hello\u0007' }],
	['inherited names', JSON.parse('{"__proto__": {"to": 1}}')],
])('%s is not a message', async (_what, message) => {
	const relay = await relayAtTest();
	const answer = await relay.post('key-1', message);
	expect([answer.status, problemName(answer)]).toEqual([422, 'invalid-message']);
});

test('whatever is accepted holds no line break where a header is made of it', () => {
	const piece = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...breaks, 'Robin'));
	const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
	fc.assert(
		fc.property(text, text, text, (to, from, subject) => {
			const read = readMessage({
				...robin,
				to: { ...robin.to, name: to },
				from: { name: from },
				subject,
			});
			if (read.kind === 'invalid') return;
			expect(to + from + subject).not.toMatch(/[\r\n\0\u0085\u2028\u2029]/);
		}),
	);
});

test('names in any script, with quotes and commas, arrive as they were', async () => {
	const smtp = await smtpAtTest();
	const relay = await relayAtTest({ smtpUrl: smtp.url });
	const name = 'Ångström, "Zoë" <z> 王芳';
	const subject = 'Einladung für Zoë – 王芳 🎉 '.repeat(8).trim();
	await relay.post('key-1', { ...robin, to: { ...robin.to, name }, subject, replyTo: '' });
	expect(smtp.mails[0]).toMatchObject({
		recipients: [robin.to.address],
		to: { name, address: robin.to.address },
		subject,
		replyTo: '',
	});
});
