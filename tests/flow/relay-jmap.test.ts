import type { Outcome, OutgoingMessage } from '$lib/domain/outcome.ts';
import { jmapRelay } from '$lib/relay/jmap.ts';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type JmapStub, mailSubmitted, startJmapStub } from '../support/jmap-stub.ts';
import { anyLine } from '../support/any-line.ts';
import { fromSeed } from '../support/seed.ts';

const message: OutgoingMessage = {
	to: { name: 'Maya Okafor', address: 'maya@example.com' },
	from: { name: 'Dana Reyes, Harbor Practice' },
	replyTo: 'dana@harbor.example',
	subject: 'Your invitation',
	text: 'Dear Maya\n',
	html: '<p>Dear Maya</p>',
};
const key = 'ab'.repeat(32);

let stub: JmapStub;
beforeEach(async () => {
	stub = await startJmapStub();
});
afterEach(() => stub.close());

const relay = (over: Partial<JmapStub> = {}) => jmapRelay({ ...stub, ...over });
const send = (of = message) => relay().send(of, key);
const posts = () => stub.requests.filter(({ body }) => body.includes('EmailSubmission/set'));

test('a mail is made and handed over in one request, and lies among the sent ones', async () => {
	expect(await send()).toEqual({ kind: 'accepted', detail: 'The JMAP server took the message.' });
	expect(posts()).toHaveLength(1);
	expect(posts()[0]?.headers.authorization).toBe('Bearer fictional-token');
	expect(stub.submitted).toHaveLength(1);
	expect(stub.submitted[0]).toMatchObject({
		from: 'dana@harbor.example',
		to: ['maya@example.com'],
	});
	expect(stub.emails).toMatchObject([
		{
			mailboxIds: { 'mb-sent': true },
			keywords: { $seen: true },
			messageId: [`${key}@harbor.example`],
		},
	]);
	expect(stub.emails[0]?.keywords).not.toHaveProperty('$draft');
});

test('a mail parser reads back what was sent, in any script', async () => {
	const line = anyLine();
	await fc.assert(
		fc.asyncProperty(line, line, line, async (name, subject, text) => {
			stub.submitted = [];
			const to = { name, address: 'maya@example.com' };
			expect((await send({ ...message, to, subject, text })).kind).toBe('accepted');
			const [submitted] = stub.submitted;
			if (!submitted) throw new Error('nothing was submitted');
			expect(submitted.email).toMatchObject({ subject, to: [{ name, email: 'maya@example.com' }] });
			const mail = await mailSubmitted(submitted);
			expect(mail.text.trim()).toBe(text);
			expect(mail).toMatchObject({
				html: message.html,
				replyTo: 'dana@harbor.example',
				messageId: `<${key}@harbor.example>`,
				contentType: 'multipart/alternative',
				recipients: ['maya@example.com'],
			});
		}),
		fromSeed(25),
	);
});

test('a header that somebody tries to write never gets there', async () => {
	expect((await send({ ...message, subject: 'x\r\nBcc: thief@example.com' })).kind).toBe('refused');
	expect(posts()).toEqual([]);
});

test('of several identities the one of the reply-to address sends, and none for a whole domain', async () => {
	stub.identities = [
		{ id: 'i0', name: '', email: '*@harbor.example' },
		{ id: 'i1', name: 'Office', email: 'office@harbor.example' },
		{ id: 'i2', name: 'Dana', email: 'Dana@harbor.example' },
	];
	await send();
	expect(stub.submitted[0]?.from).toBe('Dana@harbor.example');
	await relay().send({ ...message, replyTo: 'other@example.com' }, 'k2');
	expect(stub.submitted[1]?.from).toBe('office@harbor.example');
});

test.each([
	['drafts', { sent: 'mb-sent' }],
	['sent', { drafts: 'mb-drafts' }],
] as const)('an account without a %s mailbox sends all the same', async (_, mailboxes) => {
	stub.mailboxes = mailboxes;
	expect((await send()).kind).toBe('accepted');
	expect(stub.emails[0]?.keywords).not.toHaveProperty('$draft');
});

describe('what a SetError means', () => {
	const sending: [string, Outcome['kind'], Record<string, unknown>?][] = [
		['invalidEmail', 'refused', { properties: ['subject'] }],
		['tooManyRecipients', 'refused', { maxRecipients: 0 }],
		['noRecipients', 'refused'],
		['invalidRecipients', 'refused', { invalidRecipients: ['maya@example.com'] }],
		['tooLarge', 'refused', { maxSize: 1 }],
		['invalidProperties', 'refused', { properties: ['envelope'] }],
		['invalidProperties', 'relay-refused', { properties: ['identityId'] }],
		['forbiddenMailFrom', 'relay-refused'],
		['forbiddenFrom', 'relay-refused'],
		['forbiddenToSend', 'relay-refused', { description: 'Pay your bill.' }],
		['rateLimit', 'throttled'],
		['overQuota', 'relay-refused'],
		['somethingNew', 'relay-refused'],
	];
	test.each(sending)('%s of the submission is %s', async (type, kind, more = {}) => {
		stub.faults = { creation: { 'EmailSubmission/set': { type, ...more } } };
		const outcome = await send();
		expect(outcome.kind).toBe(kind);
		if ('description' in more) expect(outcome.detail).toContain('Pay your bill.');
		// What was surely not sent does not lie about as a draft.
		expect(stub.emails).toEqual([]);
	});

	test.each([
		['tooLarge', 'refused'],
		['rateLimit', 'throttled'],
		['overQuota', 'relay-refused'],
		['invalidProperties', 'relay-refused'],
	] as const)('%s of the mail is %s', async (type, kind) => {
		stub.faults = { creation: { 'Email/set': { type } } };
		expect((await send()).kind).toBe(kind);
		expect(stub.submitted).toEqual([]);
	});
});

describe('what a method that fails means', () => {
	test.each([
		['Email/set', 'serverUnavailable', 'throttled'],
		['Email/set', 'serverFail', 'unknown'],
		['Email/set', 'accountReadOnly', 'relay-refused'],
		['EmailSubmission/set', 'serverFail', 'unknown'],
		['EmailSubmission/set', 'serverPartialFail', 'unknown'],
		['EmailSubmission/set', 'forbidden', 'relay-refused'],
		['EmailSubmission/set', 'serverUnavailable', 'throttled'],
		['Identity/get', 'serverFail', 'unreachable'],
		['Identity/get', 'forbidden', 'relay-refused'],
	] as const)('%s: %s is %s', async (method, type, kind) => {
		stub.faults = { method: { [method]: type } };
		expect((await send()).kind).toBe(kind);
	});
});

describe('what the answer to a request means', () => {
	const limit = 'urn:ietf:params:jmap:error:limit';
	test.each([
		[401, {}, 'relay-refused'],
		[403, {}, 'relay-refused'],
		[400, { type: 'urn:ietf:params:jmap:error:notRequest' }, 'relay-refused'],
		[400, { type: limit, limit: 'maxConcurrentRequests' }, 'throttled'],
		[400, { type: limit, limit: 'maxSizeRequest' }, 'relay-refused'],
		[429, {}, 'throttled'],
		[500, {}, 'unknown'],
		[503, {}, 'unknown'],
		[408, {}, 'unknown'],
		[200, { no: 'sense' }, 'unknown'],
	] as const)('%i %o is %s', async (status, body, kind) => {
		stub.trouble = (request) =>
			request.body.includes('EmailSubmission/set') ? { status, body } : undefined;
		expect((await send()).kind).toBe(kind);
	});

	test.each([500, 503, 408])('%i before anything was to be sent: it never left', async (status) => {
		stub.trouble = (request) =>
			request.body.includes('Identity/get') ? { status, body: {} } : undefined;
		expect((await send()).kind).toBe('unreachable');
		expect(posts()).toEqual([]);
	});
});

test('a token that is not known, and a server that is none, are told', async () => {
	expect(await relay({ token: 'other' }).send(message, key)).toEqual({
		kind: 'relay-refused',
		detail: 'The JMAP server does not know this token, or no longer.',
	});
	stub.trouble = () => ({ status: 200, body: '<!doctype html>' });
	expect((await send()).detail).toContain('it is not a JMAP server');
	expect(await relay().health()).toMatchObject({ kind: 'trouble' });
});

test('the connection test says which address sends', async () => {
	expect(await relay().health()).toEqual({
		kind: 'well',
		sender: 'dana@harbor.example',
		delivers: true,
	});
	expect(await relay().reach()).toBe(true);
});

test('a server that is not there', async () => {
	const gone = relay();
	await stub.close();
	expect(await gone.reach()).toBe(false);
	expect((await gone.send(message, key)).kind).toBe('unreachable');
	expect(await gone.ask?.(key)).toBe('no-answer');
	expect((await gone.health()).kind).toBe('trouble');
	stub = await startJmapStub();
});

describe('a request that is dropped', () => {
	test('after the server took it: nobody knows, until it is asked', async () => {
		stub.trouble = (request, work) => {
			if (!request.body.includes('EmailSubmission/set')) return undefined;
			work();
			return 'drop';
		};
		expect((await send()).kind).toBe('unknown');
		expect(posts()).toHaveLength(1);
		expect(await relay().ask?.(key)).toBe('accepted');
	});

	test('before the server took it: never seen', async () => {
		stub.trouble = (request) => (request.body.includes('EmailSubmission/set') ? 'drop' : undefined);
		expect((await send()).kind).toBe('unknown');
		expect(await relay().ask?.(key)).toBe('never-seen');
	});

	test('a mail that lies there as a draft is in doubt', async () => {
		stub.faults = { method: { 'EmailSubmission/set': 'serverPartialFail' } };
		expect((await send()).kind).toBe('unknown');
		expect(await relay().ask?.(key)).toBe('in-doubt');
	});
});

describe('a request that arrives twice, as a browser may repeat it', () => {
	test('is one mail, and accepted', async () => {
		stub.trouble = (request, work) => {
			if (!request.body.includes('EmailSubmission/set')) return undefined;
			work();
			return work();
		};
		expect((await send()).kind).toBe('accepted');
		expect(stub.submitted).toHaveLength(1);
	});

	test('is in doubt when the first time only made the draft', async () => {
		stub.faults = { method: { 'EmailSubmission/set': 'serverPartialFail' } };
		stub.trouble = (request, work) => {
			if (!request.body.includes('EmailSubmission/set')) return undefined;
			work();
			return work();
		};
		expect((await send()).kind).toBe('unknown');
		expect(stub.submitted).toEqual([]);
	});
});

test('mail that comes in between makes it look again, and send once', async () => {
	let times = 0;
	stub.trouble = (request) => {
		if (request.body.includes('EmailSubmission/set') && times++ === 0) stub.receive();
		return undefined;
	};
	expect((await send()).kind).toBe('accepted');
	expect(posts()).toHaveLength(2);
	expect(stub.submitted).toHaveLength(1);
});

test('a mailbox that never comes to rest waits, and sends nothing', async () => {
	stub.trouble = (request) => {
		if (request.body.includes('EmailSubmission/set')) stub.receive();
		return undefined;
	};
	expect((await send()).kind).toBe('throttled');
	expect(stub.submitted).toEqual([]);
});
