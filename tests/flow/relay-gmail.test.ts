import type { Outcome, OutgoingMessage } from '$lib/domain/outcome.ts';
import { gmailRelay } from '$lib/relay/gmail.ts';
import { beginGoogleSignIn, sendScope } from '$lib/relay/google.ts';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { error, type GoogleStub, startGoogleStub } from '../support/google-stub.ts';
import { KeptSignIn } from '../support/kept-sign-in.ts';
import { anyLine } from '../support/any-line.ts';
import { fromSeed } from '../support/seed.ts';

const message: OutgoingMessage = {
	to: { name: 'Maya Okafor', address: 'maya@example.com' },
	from: { name: 'Dana Reyes, Harbor Practice' },
	replyTo: 'office@harbor.example',
	subject: 'Your invitation',
	text: 'Dear Maya\n',
	html: '<p>Dear Maya</p>',
};
const key = 'ab'.repeat(32);
const hourMs = 3_600_000;

let stub: GoogleStub;
let keeper: KeptSignIn;
beforeEach(async () => {
	stub = await startGoogleStub();
	keeper = new KeptSignIn({
		kind: 'gmail',
		account: 'dana@example.com',
		accessToken: stub.accessToken,
		expiresAt: Date.now() + hourMs,
	});
});
afterEach(() => stub.close());

const relay = () => gmailRelay(keeper, stub.endpoints);
const send = (of = message) => relay().send(of, key);
const ended = {
	kind: 'relay-refused',
	detail: 'Your sign-in with Google has ended. Sign in again.',
};

test('a mail goes out as the account that is signed in', async () => {
	expect(await send()).toEqual({ kind: 'accepted', detail: 'Gmail took the message.' });
	expect(stub.requests).toHaveLength(1);
	expect(stub.requests[0]?.headers).toMatchObject({
		authorization: 'Bearer ya29.fictional',
		'content-type': 'application/json',
	});
	expect(stub.sent).toMatchObject([
		{
			from: { name: 'Dana Reyes, Harbor Practice', address: 'dana@example.com' },
			to: { name: 'Maya Okafor', address: 'maya@example.com' },
			replyTo: 'office@harbor.example',
			subject: 'Your invitation',
			text: 'Dear Maya\n',
			html: '<p>Dear Maya</p>',
			messageId: `<${key}@example.com>`,
			contentType: 'multipart/alternative',
		},
	]);
});

test('a mail parser reads back what was sent, in any script', async () => {
	const line = anyLine();
	await fc.assert(
		fc.asyncProperty(line, line, line, async (name, subject, text) => {
			stub.sent = [];
			const to = { name, address: 'maya@example.com' };
			expect((await send({ ...message, to, subject, text })).kind).toBe('accepted');
			expect(stub.sent).toMatchObject([{ to, subject, text, recipients: ['maya@example.com'] }]);
		}),
		fromSeed(40),
	);
});

test('a header that somebody tries to write never gets there', async () => {
	expect((await send({ ...message, subject: 'x\r\nBcc: thief@example.com' })).kind).toBe('refused');
	expect(stub.requests).toEqual([]);
});

describe('a sign-in that has ended pauses the outbox, and nothing leaves', () => {
	test.each([
		['by the clock', { expiresAt: Date.now() - 1 }],
		['in less than a minute', { expiresAt: Date.now() + 30_000 }],
		['signed out', { kind: '' as const, accessToken: '' }],
		['signed in with somebody else', { kind: 'microsoft' as const }],
	])('%s', async (_, change) => {
		keeper.current = { ...keeper.current, ...change };
		expect(await send()).toEqual(ended);
		expect(stub.requests).toEqual([]);
		expect((await relay().health()).kind).toBe('trouble');
	});

	test('by Google', async () => {
		stub.endSignIns();
		expect(await send()).toEqual(ended);
		expect(stub.sent).toEqual([]);
	});
});

describe('what an answer means', () => {
	const rows: [number, string, string, Outcome['kind']][] = [
		[400, 'Invalid To header', 'invalidArgument', 'refused'],
		[400, 'Mail service not enabled', 'failedPrecondition', 'relay-refused'],
		[403, 'Rate Limit Exceeded', 'rateLimitExceeded', 'throttled'],
		[403, 'User Rate Limit Exceeded', 'userRateLimitExceeded', 'throttled'],
		[403, 'Daily Limit Exceeded', 'dailyLimitExceeded', 'throttled'],
		[403, 'Request had insufficient scopes.', 'insufficientPermissions', 'relay-refused'],
		[403, 'Gmail API has not been used in project 1', 'accessNotConfigured', 'relay-refused'],
		[404, 'Not Found', 'notFound', 'relay-refused'],
		[408, '', '', 'unknown'],
		[413, 'Too Large', 'uploadTooLarge', 'refused'],
		[418, '', '', 'relay-refused'],
		[429, 'Too many concurrent requests for user', 'rateLimitExceeded', 'throttled'],
		[500, 'Backend Error', 'backendError', 'unknown'],
		[503, '', '', 'unknown'],
	];
	test.each(rows)('%i %s (%s) is %s', async (status, text, reason, kind) => {
		stub.trouble = () => error(status, text, reason);
		expect((await send()).kind).toBe(kind);
	});

	test('the limit for sending says its end in its text', async () => {
		const end = new Date(Date.now() + 2 * hourMs).toISOString();
		const text = `User-rate limit exceeded.  Retry after ${end} (Mail sending)`;
		stub.trouble = () => error(429, text, 'userRateLimitExceeded');
		const outcome = await send();
		expect(outcome).toMatchObject({ kind: 'throttled', detail: text });
		if (outcome.kind !== 'throttled') return;
		expect(outcome.untilMs).toBeGreaterThan(2 * hourMs - 60_000);
		expect(outcome.untilMs).toBeLessThanOrEqual(2 * hourMs);
	});

	test('a connection that drops after Gmail took the message: nobody knows', async () => {
		stub.trouble = async (_, work) => {
			await work();
			return 'drop' as const;
		};
		expect((await send()).kind).toBe('unknown');
		expect(stub.sent).toHaveLength(1);
		expect(relay().ask).toBeUndefined();
		expect(relay()).toMatchObject({ dropsRepeats: false, keyMemoryMs: 0 });
	});
});

describe('signing in', () => {
	const request = {
		clientId: '1234.apps.googleusercontent.com',
		redirectUri: 'https://app.example/sign-in.html',
		account: '',
	};
	/** Goes where the window goes; what our own page finds in its fragment. */
	async function visit(url: string): Promise<Record<string, string>> {
		const answer = await fetch(url, { redirect: 'manual' });
		const [page, fragment = ''] = (answer.headers.get('Location') ?? '').split('#');
		expect(page).toBe(request.redirectUri);
		return Object.fromEntries(new URLSearchParams(fragment));
	}
	const begin = (over = {}) => beginGoogleSignIn({ ...request, ...over }, stub.endpoints);

	test('asks for one permission for mail, to send it, and learns the address', async () => {
		const begun = begin();
		const outcome = await begun.finish(await visit(begun.url));
		expect(stub.signIns[0]?.get('scope')).toBe(`openid email ${sendScope}`);
		expect(stub.signIns[0]?.get('response_type')).toBe('token');
		expect(outcome).toMatchObject({
			kind: 'signed-in',
			signIn: { kind: 'gmail', account: 'dana@example.com', accessToken: 'ya29.fictional' },
		});
		if (outcome.kind !== 'signed-in') return;
		expect(outcome.signIn.expiresAt - Date.now()).toBeGreaterThan(3_590_000);
		expect(outcome.signIn.expiresAt - Date.now()).toBeLessThanOrEqual(3_599_000);
	});

	test('the second time Google is told which account it was', () => {
		expect(new URL(begin({ account: 'dana@example.com' }).url).searchParams.get('login_hint')).toBe(
			'dana@example.com',
		);
	});

	test('an answer with another state is not ours', async () => {
		const answer = await visit(begin().url);
		expect((await begin().finish(answer)).kind).toBe('trouble');
	});

	test('without the box for sending mail nobody is signed in', async () => {
		stub.grants = 'openid email';
		const begun = begin();
		const outcome = await begun.finish(await visit(begun.url));
		expect(outcome).toMatchObject({ kind: 'trouble' });
		expect(outcome.kind === 'trouble' && outcome.words).toContain('leave its box ticked');
	});

	test('who presses Cancel is not signed in, and told so', async () => {
		stub.isDenied = true;
		const begun = begin();
		expect(await begun.finish(await visit(begun.url))).toEqual({
			kind: 'trouble',
			words: 'You did not allow Portico to send mail, so Google signed nobody in.',
		});
	});

	test('an address that cannot be had is told', async () => {
		const begun = begin();
		const answer = await visit(begun.url);
		await stub.close();
		expect((await begun.finish(answer)).kind).toBe('trouble');
		stub = await startGoogleStub();
	});
});
